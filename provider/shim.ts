import * as pulumi from "@pulumi/pulumi";
import { checkEarly, type EarlyFacts, isCheckedEarly } from "./early.ts";
import { type Identity, type KindName, typeToken } from "./identity.ts";
import { InputWatch } from "./input-watch.ts";
import { requireInstalled } from "./installed.ts";
import { requireNodeVersion } from "./node-version.ts";
import { quietPromiseTraces } from "./promise-traces.ts";

/**
 * What stands as text in the state of every resource. Deletes and refreshes run that text, also years later, so
 * it does nothing but hand over to the installed package, and a test pins it. When the package is missing, the
 * `require` fails and names it; when it is too old for the kind, the runtime says so.
 */
export function shim(kind: KindName): string {
  return `exports.handler = () => require("pulumi-change-tracking/runtime").provider("${kind}");\n`;
}

/**
 * A dynamic resource whose text is written here. `pulumi.dynamic.Resource` would make it from the functions of an
 * object, twenty times as long. It stands in the inputs and again in the outputs of every resource, and the engine
 * writes the whole state with every step: of an `up` of 200 resources that took a quarter of the processor time.
 */
export class DynamicResource extends pulumi.CustomResource {
  constructor(
    kind: KindName,
    name: string,
    props: pulumi.Inputs & { __identity: Promise<Identity> },
    opts: pulumi.CustomResourceOptions | undefined,
    facts: EarlyFacts = {},
  ) {
    requireNodeVersion(process.versions.node);
    requireInstalled();
    const isEarly = isCheckedEarly(opts);
    const watch = new InputWatch(props, isEarly);
    const said = Promise.withResolvers<readonly string[]>();
    const identity = identityWith(props.__identity, watch, isEarly ? said.promise : undefined);
    const asBefore = quietPromiseTraces();
    try {
      super(typeToken(kind), name, { ...props, __identity: identity, __provider: shim(kind) }, opts);
    } finally {
      asBefore();
    }
    if (isEarly) said.resolve(checkEarly(this, kind, name, watch, opts, facts));
  }
}

async function identityWith(
  known: Promise<Identity>,
  watch: InputWatch,
  said: Promise<readonly string[]> | undefined,
): Promise<Identity> {
  const secrets = await watch.secretPlaces();
  return { ...(await known), secrets, ...(said === undefined ? {} : { said: await said }) };
}
