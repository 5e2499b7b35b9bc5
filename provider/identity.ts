import * as pulumi from "@pulumi/pulumi";

/** The kinds of resources that this package knows; the name is kept in states, so it never changes. */
export type KindName = "ChangeTrackingInstance" | "ConsumerGroup" | "InflowTask" | "AlertRule";

/**
 * Who a resource is, told to its check in the hidden input `__identity`. A provider's check gets no URN and
 * runs more than once, so without it resources could not be counted. Check takes it out of the inputs: it
 * is in no state and in no preview. One promise leads to all of it: Pulumi's SDK takes its time for each.
 */
export interface Identity {
  /** URN of the resource itself. */
  readonly self: string;
  readonly logicalName: string;
  /** URN of what it is counted within, known also while the id is not. */
  readonly scope?: string | undefined;
  /** Names of the things of this kind that the program has made so far within the same scope, where they are counted. */
  readonly declared?: readonly string[];
  /** Logical names of the resources behind `declared`, in the same order; left out where they are the same. */
  readonly declaredBy?: readonly string[] | undefined;
  /** Inputs of the instance that rules and defaults of its groups need. */
  readonly engine?: pulumi.Input<string | undefined>;
  readonly region?: pulumi.Input<string | undefined>;
  /** Where the inputs hold what the program has marked as secret: a provider gets every value in clear. */
  readonly secrets?: readonly (readonly (string | number)[])[];
  /** In a preview: the refusals that the program has shown already. */
  readonly said?: readonly string[];
}

export function typeToken(kind: KindName): string {
  return `pulumi-nodejs:dynamic/changetracking:${kind}`;
}

/**
 * The URN a resource will have. A plain promise, because as an output it would hang on the parent: a component as
 * a dependency means all its children, so a child would wait for itself.
 */
export function urnOf(kind: KindName, name: string, parent: pulumi.Resource | undefined): Promise<string> {
  return knownValue(pulumi.createUrn(name, typeToken(kind), parent));
}

/** Of a resource that is counted within nothing. */
export async function plainIdentity(
  kind: KindName,
  name: string,
  opts: pulumi.CustomResourceOptions | undefined,
): Promise<Identity> {
  return { self: await urnOf(kind, name, opts?.parent), logicalName: name };
}

/** The value of an output that is always known, without its dependencies. */
export function knownValue<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => {
    output.apply((value) => resolve(value as T));
  });
}

/** A resource, or its id. Only `id` is ever used: the other outputs become unknown while a resource changes. */
export type Reference<R extends pulumi.CustomResource> = R | pulumi.Input<string>;

export function idOf<R extends pulumi.CustomResource>(reference: Reference<R>): pulumi.Input<string> {
  return pulumi.CustomResource.isInstance(reference)
    ? (reference as R).id
    : (reference as pulumi.Input<string>);
}

/**
 * The one resource of the wanted kind that a reference leads to: itself, or the only one that an output hangs on.
 * Undefined for plain ids and where there is none or several.
 */
export async function referredResource<R extends pulumi.CustomResource>(
  reference: Reference<R>,
  isWanted: (resource: pulumi.Resource) => boolean,
): Promise<pulumi.CustomResource | undefined> {
  if (pulumi.CustomResource.isInstance(reference)) return reference;
  if (!pulumi.Output.isInstance(reference)) return undefined;
  const output = reference as unknown as OutputInternals;
  const atOnce = [...output.resources()].filter(isWanted);
  const wanted = atOnce.length > 0 ? atOnce : [...((await output.allResources?.()) ?? [])].filter(isWanted);
  return onlyOf(wanted);
}

/** The same without waiting: undefined also where it can only be told later. */
export function referredNow<R extends pulumi.CustomResource>(
  reference: Reference<R>,
  isWanted: (resource: pulumi.Resource) => boolean,
): pulumi.CustomResource | undefined {
  if (pulumi.CustomResource.isInstance(reference)) return reference;
  if (!pulumi.Output.isInstance(reference)) return undefined;
  return onlyOf([...(reference as unknown as OutputInternals).resources()].filter(isWanted));
}

function onlyOf(wanted: readonly pulumi.Resource[]): pulumi.CustomResource | undefined {
  const only = wanted.length === 1 ? wanted[0] : undefined;
  return pulumi.CustomResource.isInstance(only) ? only : undefined;
}

interface OutputInternals {
  resources(): Set<pulumi.Resource>;
  allResources?(): Promise<Set<pulumi.Resource>>;
}

/** A name, and the resource that declares it. */
interface DeclaredName {
  readonly name: string;
  readonly logicalName: string;
}

/**
 * Names declared within a scope, collected as the program makes its resources. Only names that are plain
 * strings count: waiting for others could wait for a resource that waits for this one.
 */
export class DeclaredNames {
  readonly #byScope = new Map<unknown, DeclaredName[]>();

  /** Adds a name; the result is read late, so that a loop has run to its end. */
  add(scope: unknown, name: unknown, logicalName: string): Promise<readonly DeclaredName[]> {
    const names = this.#byScope.get(scope) ?? [];
    this.#byScope.set(scope, names);
    if (typeof name === "string") names.push({ name, logicalName });
    return new Promise((resolve) => setImmediate(() => resolve([...names])));
  }
}
