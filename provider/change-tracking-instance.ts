import * as pulumi from "@pulumi/pulumi";
import type { ChangeTrackingInstanceArgs, TrackingSourceArgs } from "./args/change-tracking-instance.ts";
import { plainIdentity } from "./identity.ts";
import { DynamicResource } from "./shim.ts";

/** How an instance is paid for. */
export type PayType = pulumi.Unwrap<NonNullable<ChangeTrackingInstanceArgs["payType"]>>;

/** Addresses of the instance's brokers, each `host:port`; empty where nothing listens, as on the local service. */
export interface Brokers {
  readonly public: string;
  readonly vpc: string;
  readonly internal: string;
}

/** The time range whose changes can be read, each a time such as `2026-01-02T03:04:05Z`, or empty. */
export interface DataRange {
  readonly begin: string;
  readonly end: string;
}

/**
 * A change tracking instance of Data Transmission Service: it captures the row changes of a database and keeps
 * them for consumer groups. Its id is the instance id. Creating waits until the instance is Normal.
 *
 * @example
 * ```ts
 * import * as pulumi from "@pulumi/pulumi";
 * import { ChangeTrackingInstance } from "pulumi-change-tracking";
 *
 * const orders = new ChangeTrackingInstance("orders", {
 *   region: "cn-hangzhou",
 *   source: {
 *     engine: "PostgreSQL",
 *     accessMethod: "RDS",
 *     instanceId: "pgm-bp1orders",
 *     databaseName: "shop",
 *     user: "tracker",
 *     password: new pulumi.Config().requireSecret("sourcePassword"),
 *   },
 *   objects: { shop: { tables: ["public.orders"] } },
 * });
 *
 * export const topic = orders.topic;
 * ```
 */
export class ChangeTrackingInstance extends DynamicResource {
  declare readonly name: pulumi.Output<string>;
  declare readonly region: pulumi.Output<string>;
  declare readonly payType: pulumi.Output<PayType>;
  declare readonly tags: pulumi.Output<Record<string, string> | undefined>;
  /** Id of the instance, the same as `id`. */
  declare readonly instanceId: pulumi.Output<string>;
  /** Id of the tracking task; the instance's id is `dts` and this. */
  declare readonly jobId: pulumi.Output<string>;
  /** Published status, `Normal` when groups can be made and read. */
  declare readonly status: pulumi.Output<string>;
  /** Topic that clients of all groups read. */
  declare readonly topic: pulumi.Output<string>;
  declare readonly brokers: pulumi.Output<Brokers>;
  declare readonly dataRange: pulumi.Output<DataRange>;

  constructor(name: string, args: ChangeTrackingInstanceArgs, opts?: pulumi.CustomResourceOptions) {
    const props = {
      ...DEFAULTED,
      ...args,
      source: withSecretPassword(args?.source),
      ...OUTPUTS,
      __identity: plainIdentity("ChangeTrackingInstance", name, opts),
    };
    super("ChangeTrackingInstance", name, props, opts);
    const facts: InstanceFacts = { region: args?.region, engine: engineOf(args?.source) };
    Object.defineProperty(this, FACTS, { value: facts });
  }

  /** Reads an existing instance by its id, without managing it. */
  static get(
    name: string,
    id: pulumi.Input<string>,
    state: { region?: pulumi.Input<string> } = {},
    opts?: pulumi.CustomResourceOptions,
  ): ChangeTrackingInstance {
    return new ChangeTrackingInstance(name, state as ChangeTrackingInstanceArgs, { ...opts, id });
  }
}

/** Finds the facts also when two copies of this package are loaded. */
const FACTS = Symbol.for("pulumi-change-tracking.instanceFacts");

/** What groups need to know of their instance's inputs; its outputs are unknown while it is updated. */
export interface InstanceFacts {
  readonly region: pulumi.Input<string> | undefined;
  readonly engine: pulumi.Input<pulumi.Unwrap<TrackingSourceArgs["engine"]> | undefined> | undefined;
}

export function factsOf(resource: unknown): InstanceFacts | undefined {
  const isObject = typeof resource === "object" && resource !== null;
  return isObject ? (resource as { [FACTS]?: InstanceFacts })[FACTS] : undefined;
}

/** Inputs that get a default are outputs too, also when the program leaves them out. */
const DEFAULTED = { name: undefined, region: undefined, payType: undefined, tags: undefined };

const OUTPUTS = {
  instanceId: undefined,
  jobId: undefined,
  status: undefined,
  topic: undefined,
  brokers: undefined,
  dataRange: undefined,
};

type Source = pulumi.Input<TrackingSourceArgs> | undefined;

/** The password becomes a secret whoever passed it; a source given as a plain object keeps its known fields known. */
function withSecretPassword(source: Source): Source {
  if (source === undefined || pulumi.Output.isInstance(source) || source instanceof Promise) {
    return source && pulumi.output(source).apply(markPassword);
  }
  return markPassword(source);
}

function markPassword<S extends { password?: pulumi.Input<string> | undefined }>(source: S): S {
  return source.password === undefined ? source : { ...source, password: pulumi.secret(source.password) };
}

function engineOf(source: Source): InstanceFacts["engine"] {
  if (source === undefined || pulumi.Output.isInstance(source) || source instanceof Promise) {
    return source && pulumi.output(source).apply((known) => known.engine);
  }
  return source.engine;
}
