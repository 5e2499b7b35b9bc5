/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */

import type * as pulumi from "@pulumi/pulumi";
import type { TimeoutsArgs } from "./timeouts.ts";

/** The database whose changes are tracked. */
export interface TrackingSourceArgs {
  /**
   * Kind of database: MySQL, PolarDBMySQL, PostgreSQL, Oracle, PolarDBOracle, PolarDBPostgreSQL, PolarDBX1,
   * PolarDBX2 or DMSLogicDB. A change replaces the instance. Source: DTS-10.
   */
  engine: pulumi.Input<
    | "MySQL"
    | "PolarDBMySQL"
    | "PostgreSQL"
    | "Oracle"
    | "PolarDBOracle"
    | "PolarDBPostgreSQL"
    | "PolarDBX1"
    | "PolarDBX2"
    | "DMSLogicDB"
  >;
  /**
   * How the service reaches the source: RDS, PolarDB, DRDS, LocalInstance, ECS, Express, CEN or dg. A change
   * replaces the instance. Source: ConfigureSubscription.
   */
  accessMethod: pulumi.Input<"RDS" | "PolarDB" | "DRDS" | "LocalInstance" | "ECS" | "Express" | "CEN" | "dg">;
  /**
   * Host name or IP address, without scheme and port. Needed for LocalInstance, Express and CEN. A change
   * replaces the instance.
   */
  host?: pulumi.Input<string>;
  /** TCP port, 1 to 65535. Needed wherever `host` is given. A change replaces the instance. */
  port?: pulumi.Input<number>;
  /**
   * Id of the source instance. Needed for RDS, PolarDB and DRDS; for ECS and dg instead of `host`. A change
   * replaces the instance.
   */
  instanceId?: pulumi.Input<string>;
  /**
   * Database to connect to, 1 to 256 characters. Default: chosen by the engine. A change replaces the
   * instance.
   */
  databaseName?: pulumi.Input<string>;
  /** Account on the source, 1 to 256 characters. Needed with a self-managed source. Changed in place. */
  user?: pulumi.Input<string>;
  /**
   * Password of the account, 1 to 256 characters. Secret. Needed with a self-managed source. Changed in
   * place.
   */
  password?: pulumi.Input<string>;
  /**
   * System id of an Oracle database outside RAC, 1 to 256 characters. Default none. A change replaces the
   * instance.
   */
  oracleSid?: pulumi.Input<string>;
}

/** What of one database is tracked. */
export interface TrackedDatabaseArgs {
  /** Tables to track, or "all". With PostgreSQL `schema.table`. Default "all". */
  tables?: pulumi.Input<"all" | pulumi.Input<string>[]>;
}

/** Inputs of a `ChangeTrackingInstance`. */
export interface ChangeTrackingInstanceArgs {
  /**
   * Name of the tracking task, 1 to 128 characters; need not be unique. Default: the resource's logical name.
   * Changed in place. Source: ConfigureSubscription (the length is chosen).
   */
  name?: pulumi.Input<string>;
  /**
   * Region of the instance, for example cn-hangzhou. Default: the configured `changetracking:region`, else
   * cn-hangzhou. A change replaces the instance.
   */
  region?: pulumi.Input<string>;
  /** The database whose changes are tracked. Source: ConfigureSubscription. */
  source: pulumi.Input<TrackingSourceArgs>;
  /**
   * What is tracked, by database name; at least one database. Changed in place. Source:
   * ConfigureSubscription, DbList.
   */
  objects: pulumi.Input<Record<string, pulumi.Input<TrackedDatabaseArgs>>>;
  /** Kinds of changes, at least one. Default both. Changed in place. Source: ConfigureSubscription. */
  dataTypes?: pulumi.Input<{
    /** Track changes of rows. Default true. */
    dml?: pulumi.Input<boolean>;
    /** Track changes of structure. Default true. */
    ddl?: pulumi.Input<boolean>;
  }>;
  /**
   * VPC in which the instance is reached; the real service needs it. Default none. A change replaces the
   * instance. Source: ConfigureSubscription.
   */
  network?: pulumi.Input<{
    /** Id of the VPC. */
    vpcId: pulumi.Input<string>;
    /** Id of a vSwitch in the VPC. */
    vSwitchId: pulumi.Input<string>;
  }>;
  /**
   * Where tracking starts: seconds since the epoch, or ISO 8601 with Z or an offset. Counts at the first
   * start only; preview warns of a later change. With a time still to come, what is committed before it is
   * left out; preview and the instance's notes in the service's status say so. Default: now. Source:
   * ConfigureSubscription, Checkpoint.
   */
  startAt?: pulumi.Input<number | string>;
  /**
   * PostPaid (pay-as-you-go) or PrePaid (subscription). Default PostPaid. Changed in place. Source:
   * CreateDtsInstance.
   */
  payType?: pulumi.Input<"PostPaid" | "PrePaid">;
  /**
   * Time that is paid for in advance; needed with PrePaid and refused without. Changed in place. Source:
   * CreateDtsInstance.
   */
  period?: pulumi.Input<{
    /** Month or Year. */
    unit: pulumi.Input<"Month" | "Year">;
    /** 1 to 9 months, or 1, 2, 3 or 5 years. */
    count: pulumi.Input<number>;
  }>;
  /** Tags by key, at most 20; a key is not empty. Default none. Changed in place. Source: TagResources. */
  tags?: pulumi.Input<Record<string, pulumi.Input<string>>>;
  /** Take over what already exists under this name instead of failing. Default false. */
  adoptExisting?: pulumi.Input<boolean>;
  /**
   * Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider.
   * Default 1800 each.
   */
  timeouts?: pulumi.Input<TimeoutsArgs>;
}
