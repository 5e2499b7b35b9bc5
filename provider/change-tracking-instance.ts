import * as pulumi from "@pulumi/pulumi";
import type { AccessMethod } from "../contract/limits/dts.ts";
import type { EngineName } from "../contract/limits/engines.ts";
import type { PayType, PeriodUnit } from "../contract/limits/payment.ts";
import { type Identity, urnOf } from "./identity.ts";
import { DynamicResource } from "./shim.ts";
import type { TimeoutsArgs } from "./timeouts.ts";

/** The database whose changes are tracked. Any change except of `password` replaces the instance. */
export interface TrackingSourceArgs {
  /** Kind of database, as the documents name it. */
  engine: pulumi.Input<EngineName>;
  /** How the service reaches the source: `SourceEndpointInstanceType` of ConfigureSubscription. */
  accessMethod: pulumi.Input<AccessMethod>;
  /** Host name or IP address, without scheme and port. Needed for LocalInstance, Express and CEN. */
  host?: pulumi.Input<string>;
  /** TCP port, 1 to 65535. Needed wherever `host` is given. */
  port?: pulumi.Input<number>;
  /** Id of the source instance. Needed for RDS, PolarDB and DRDS; for ECS and dg instead of `host`. */
  instanceId?: pulumi.Input<string>;
  /** Database to connect to, 1 to 256 characters. Default: chosen by the engine. */
  databaseName?: pulumi.Input<string>;
  /** Account on the source, 1 to 256 characters. Needed with a self-managed source. */
  user?: pulumi.Input<string>;
  /** Password of the account, 1 to 256 characters; kept as a secret. Changed in place. */
  password?: pulumi.Input<string>;
  /** System id of an Oracle database outside RAC. */
  oracleSid?: pulumi.Input<string>;
}

/** What of one database is tracked. */
export interface TrackedDatabaseArgs {
  /** Tables to track, or `"all"`; with PostgreSQL `schema.table`. Default `"all"`. */
  tables?: pulumi.Input<"all" | pulumi.Input<string>[]>;
}

/** Inputs of a `ChangeTrackingInstance`. */
export interface ChangeTrackingInstanceArgs {
  /** Name of the tracking task, 1 to 128 characters, need not be unique. Default: the logical name. */
  name?: pulumi.Input<string>;
  /** Region id. Default: `changetracking:region`, else cn-hangzhou. A change replaces the instance. */
  region?: pulumi.Input<string>;
  source: pulumi.Input<TrackingSourceArgs>;
  /** What is tracked, by database name; at least one. Changed in place. */
  objects: pulumi.Input<Record<string, pulumi.Input<TrackedDatabaseArgs>>>;
  /** Kinds of changes, at least one. Default both. Changed in place. */
  dataTypes?: pulumi.Input<{ dml?: pulumi.Input<boolean>; ddl?: pulumi.Input<boolean> }>;
  /** VPC and vSwitch in which the instance is reached; the real service needs them. A change replaces the instance. */
  network?: pulumi.Input<{ vpcId: pulumi.Input<string>; vSwitchId: pulumi.Input<string> }>;
  /**
   * Where tracking starts: seconds since the epoch, or ISO 8601 with `Z` or an offset. Default: now. It counts
   * at the first start only; preview warns of a later change.
   */
  startAt?: pulumi.Input<number | string>;
  /** PostPaid (pay-as-you-go) or PrePaid (subscription). Default PostPaid. Changed in place. */
  payType?: pulumi.Input<PayType>;
  /** Needed with PrePaid, refused without: 1 to 9 months, or 1, 2, 3 or 5 years. */
  period?: pulumi.Input<{ unit: pulumi.Input<PeriodUnit>; count: pulumi.Input<number> }>;
  /** At most 20; keys not empty. Changed in place. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Take over the instance of this name and engine, if there is exactly one, instead of making one. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /** Bounds on waiting. */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}

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
    const identity: Identity = {
      self: urnOf("ChangeTrackingInstance", name, opts?.parent),
      logicalName: name,
    };
    const props = {
      ...DEFAULTED,
      ...args,
      source: withSecretPassword(args?.source),
      ...OUTPUTS,
      __identity: identity,
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
  readonly engine: pulumi.Input<EngineName | undefined> | undefined;
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
