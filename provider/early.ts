import * as pulumi from "@pulumi/pulumi";
import type { Identity } from "./identity.ts";
import type { InputWatch } from "./input-watch.ts";

/** What a class knows of a resource's surroundings at once; a value that is not there yet is left out. */
export interface EarlyFacts {
  /** What the resource is counted within. */
  readonly scope?: pulumi.Resource | undefined;
  readonly engine?: pulumi.Input<string | undefined> | undefined;
  /** Undefined when the configured region is the default, and an output where it is not known yet. */
  readonly region?: pulumi.Input<string | undefined> | undefined;
}

interface PendingCheck {
  readonly kind: string;
  readonly logicalName: string;
  readonly resource: pulumi.Resource;
  readonly watch: InputWatch;
  readonly ignored: readonly string[];
  readonly facts: EarlyFacts;
  readonly done: (reported: readonly string[]) => void;
}

/**
 * Judges a resource's inputs in the program, before the engine asks for its check. The engine stops at the first
 * resource that a check refuses; so in a preview every mistake that can be seen here is said here, at its resource,
 * and the check lets what was said pass. The preview fails by the program. In an update the check alone decides.
 *
 * Resolves to the refusals that were said, once the engine has them: the resource is registered after that.
 */
export function checkEarly(
  resource: pulumi.Resource,
  kind: string,
  logicalName: string,
  watch: InputWatch,
  opts: pulumi.CustomResourceOptions | undefined,
  facts: EarlyFacts,
): Promise<readonly string[]> {
  return new Promise((done) => {
    const ignored = opts?.ignoreChanges ?? [];
    if (waiting.length === 0) setImmediate(() => void checkAll());
    waiting.push({ kind, logicalName, resource, watch, ignored, facts, done });
  });
}

/** Only in a program that an engine runs, whose failure fails the preview, and while nothing is changed yet. */
export function isCheckedEarly(opts: pulumi.CustomResourceOptions | undefined): boolean {
  const isManaged = opts?.id === undefined && opts?.urn === undefined;
  if (!isManaged || !pulumi.runtime.isDryRun()) return false;
  return pulumi.runtime.getStackResource() !== undefined && pulumi.runtime.getEngine() !== undefined;
}

const waiting: PendingCheck[] = [];

/** A loop or a component has run to its end; all of its resources are judged before the first is registered. */
async function checkAll(): Promise<void> {
  const pending = waiting.splice(0);
  const checked = await Promise.all(pending.map(async (one) => ({ one, refusals: await refusalsOf(one) })));
  const messages = checked.flatMap(({ one, refusals }) =>
    refusals.map((text) => ({ text: named(one.logicalName, text), urn: urnNow(one.resource) })),
  );
  await Promise.all(messages.map(({ text, urn }) => logError(text, urn)));
  if (messages.length > 0) failOnce();
  for (const { one, refusals } of checked) one.done(refusals);
}

async function refusalsOf(pending: PendingCheck): Promise<readonly string[]> {
  if (isTransformed(pending)) return [];
  try {
    const runtime = await import("pulumi-change-tracking/runtime");
    const { values, secretPlaces } = pending.watch.now();
    for (const path of pending.ignored) {
      if (path === "*") return [];
      const [root = path] = /^\w+/.exec(path) ?? [];
      if (root in values) values[root] = pulumi.runtime.unknownValue;
    }
    const { scope, engine, region } = pending.facts;
    const isOpen = region !== undefined && typeof region !== "string";
    if (values.region === undefined && isOpen) values.region = pulumi.runtime.unknownValue;
    const identity = {
      self: urnNow(pending.resource),
      logicalName: pending.logicalName,
      scope: scope === undefined ? undefined : urnNow(scope),
      engine: typeof engine === "string" ? engine : undefined,
      region: typeof region === "string" ? region : undefined,
      secrets: secretPlaces,
    } satisfies Partial<Record<keyof Identity, unknown>>;
    return await runtime.refusalsInProgram(run(), pulumi.runtime.getConfig, pending.kind, {
      ...values,
      __identity: identity,
    });
  } catch {
    // The check, which runs in any case, says what is wrong.
    return [];
  }
}

/** Stands for the run: a process of the Automation API has several. */
function run(): object {
  return pulumi.runtime.getStackResource() ?? process;
}

/** Transformations may still change the inputs, so that only the check sees what they will be. */
function isTransformed({ resource }: PendingCheck): boolean {
  const own = (resource as { __transformations?: readonly unknown[] }).__transformations ?? [];
  return own.length > 0 || hasCallbacks();
}

/** The newer transforms run in the engine, which calls back over a server that exists only for them. */
function hasCallbacks(): boolean {
  try {
    const { getStore } = require("@pulumi/pulumi/runtime/state") as {
      getStore(): { callbacks?: unknown };
    };
    return getStore().callbacks !== undefined;
  } catch {
    return false;
  }
}

interface Internals {
  readonly __pulumiType?: string;
  readonly __name?: string;
  readonly __parentResource?: Internals;
}

/** The URN without waiting for the parents' registration, which may wait for this very resource. */
function urnNow(resource: pulumi.Resource): string | undefined {
  const { __name: name } = resource as unknown as Internals;
  const types: string[] = [];
  for (
    let at: Internals | undefined = resource as unknown as Internals;
    at !== undefined;
    at = at.__parentResource
  ) {
    if (at.__pulumiType === undefined) return undefined;
    if (at.__pulumiType !== "pulumi:pulumi:Stack") types.unshift(at.__pulumiType);
  }
  if (name === undefined) return undefined;
  return `urn:pulumi:${pulumi.runtime.getStack()}::${pulumi.runtime.getProject()}::${types.join("$")}::${name}`;
}

/** With `--diff` the engine prints the text alone, so the text itself says whose mistake it is. */
function named(logicalName: string, text: string): string {
  return `${logicalName}: ${text}`;
}

/** Delivered at the resource, though it is not registered yet. */
async function logError(text: string, urn: string | undefined): Promise<void> {
  const at = urn === undefined ? undefined : ({ urn: pulumi.output(urn) } as pulumi.Resource);
  await pulumi.log.error(text, at);
}

let failed: WeakSet<object> | undefined;

/** An error in the log does not fail a program, and what has no failed check would pass as a good preview. */
function failOnce(): void {
  failed ??= new WeakSet();
  if (failed.has(run())) return;
  failed.add(run());
  const text = "Some inputs are refused: see the errors at their resources. Nothing was changed.";
  const error = new pulumi.RunError(text);
  // A program that has run to its end already is shown with its stack.
  error.stack = text;
  void Promise.reject(error);
}
