import { createRequire } from "node:module";
import type {
  PolicyResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  StackValidationArgs,
  StackValidationPolicy,
} from "@pulumi/policy";

/** What the pack's own server wraps properties in; its types are not published. */
const { unknownCheckingProxy, unknownStringValue } = createRequire(import.meta.url)(
  "@pulumi/policy/proxy.js",
) as {
  unknownCheckingProxy(props: Record<string, unknown>): Record<string, unknown>;
  unknownStringValue: string;
};

/** What a preview puts in the place of a text that it does not know yet. */
export const UNKNOWN = unknownStringValue;

export interface Asked {
  kind: "ChangeTrackingInstance" | "ConsumerGroup" | "InflowTask" | "AlertRule";
  name?: string;
  stack?: string;
  props: Record<string, unknown>;
  /** Names of resources that the property was made from. */
  madeFrom?: Record<string, string[]>;
}

/** What a policy says of one resource, with its own defaults under `config`. */
export async function violationsOf(
  policy: ResourceValidationPolicy,
  asked: Asked,
  config: object = {},
): Promise<string[]> {
  const said: string[] = [];
  const { type, urn, name, props } = resourceOf(asked);
  const args: ResourceValidationArgs = {
    ...{ type, urn, name, props, opts, isType: () => false, asType: () => undefined },
    ...surroundings(policy, config),
  };
  for (const validate of [policy.validateResource ?? []].flat())
    await validate(args, (text) => said.push(text));
  return said;
}

/** What a policy says of a stack: each violation with the logical name of the resource that it is about. */
export async function stackViolationsOf(
  policy: StackValidationPolicy,
  all: readonly Asked[],
  config: object = {},
): Promise<{ name: string | undefined; text: string }[]> {
  const said: { name: string | undefined; text: string }[] = [];
  const resources = all.map(resourceOf);
  for (const [index, { madeFrom = {} }] of all.entries()) {
    const resource = resources[index];
    for (const [property, names] of Object.entries(madeFrom)) {
      const found = resources.filter((one) => names.includes(one.name));
      if (resource) resource.propertyDependencies[property] = found;
    }
  }
  const args: StackValidationArgs = { resources, ...surroundings(policy, config) };
  await policy.validateStack(args, (text, urn) => said.push({ name: urn?.split("::").at(-1), text }));
  return said;
}

const opts = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  additionalSecretOutputs: [],
};

function resourceOf({ kind, name = "thing", stack = "dev", props }: Asked): PolicyResource {
  const type = `pulumi-nodejs:dynamic/changetracking:${kind}`;
  return {
    type,
    name,
    urn: `urn:pulumi:${stack}::test::${type}::${name}`,
    // As the pack's own server hands them over: reading what is not known throws.
    props: unknownCheckingProxy(props),
    opts,
    dependencies: [],
    propertyDependencies: {},
    isType: () => false,
    asType: () => undefined,
  };
}

function surroundings(policy: ResourceValidationPolicy | StackValidationPolicy, config: object) {
  const defaults = Object.entries(policy.configSchema?.properties ?? {}).map(([key, one]) => [
    key,
    one.default,
  ]);
  const whole = { ...Object.fromEntries(defaults), ...config };
  return {
    stackTags: new Map<string, string>(),
    getConfig: <T extends object>() => whole as T,
    notApplicable: (reason?: string): never => {
      throw new Error(reason);
    },
  };
}
