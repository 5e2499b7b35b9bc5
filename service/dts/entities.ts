/** States of a change tracking job, as published for the subscription calls. `Finished` ends a job for good. */
export type JobStatus =
  | "NotConfigured"
  | "NotStarted"
  | "Prechecking"
  | "PrecheckFailed"
  | "Starting"
  | "Normal"
  | "Modifying"
  | "Abnormal"
  | "Finished";

/** States that end by themselves; a restart takes them up again. */
export const PASSING_STATUSES: readonly JobStatus[] = ["Prechecking", "Starting", "Modifying"];

export type PayType = "PrePaid" | "PostPaid";

/** Where the changes come from, as configured. The password is kept apart, sealed. */
export interface SourceEndpoint {
  readonly engineName: string;
  readonly instanceType: string;
  readonly instanceId: string;
  readonly host: string;
  readonly port: string;
  readonly databaseName: string;
  readonly userName: string;
  readonly region: string;
  readonly oracleSid: string;
  readonly ownerId: string;
  readonly roleName: string;
}

/** One item of a precheck. `declared` marks a source that nobody connected to. */
export interface PrecheckItem {
  readonly item: string;
  readonly description: string;
  readonly result: "Success" | "Failed";
  readonly reason?: string;
  readonly repair?: string;
  readonly startedAtMs: number;
  readonly finishedAtMs: number;
}

export interface PrecheckReport {
  readonly items: readonly PrecheckItem[];
  /** True when the source is known by its instance id only and the settings map it to no address. */
  readonly declaredOnly: boolean;
}

/** What ConfigureSubscription sets and ResetDtsJob takes away. */
export interface JobConfiguration {
  readonly source: SourceEndpoint;
  /** Sealed by the vault; undefined when none was given. */
  readonly sealedPassword?: string;
  /** JSON text, kept as it was sent. */
  readonly objects: string;
  readonly ddl: boolean;
  readonly dml: boolean;
  readonly networkType: string;
  readonly vpcId: string;
  readonly vSwitchId: string;
  /** JSON text of the caller's reserved parameters. */
  readonly reserved: string;
  /** Start of tracking wished for, seconds since the epoch. */
  readonly startAtSeconds?: number;
  readonly topic: string;
}

/** A change tracking instance and its one job: bought together, deleted together. */
export interface Job {
  readonly jobId: string;
  /** Always `dts` followed by the job id. */
  readonly instanceId: string;
  readonly region: string;
  readonly name: string;
  readonly status: JobStatus;
  /** Grows with each transition, so that late timers and prechecks recognise that they are out of date. */
  readonly generation: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly payType: PayType;
  readonly expiresAtMs?: number;
  readonly instanceClass: string;
  /** What the purchase said beyond what a change tracking instance needs; tools expect to read it back. */
  readonly bought?: {
    readonly instanceClass?: string | undefined;
    readonly destinationEngineName?: string | undefined;
    readonly destinationRegion?: string | undefined;
  };
  readonly resourceGroupId: string;
  readonly engineName: string;
  readonly sourceRegion: string;
  readonly configuration?: JobConfiguration;
  readonly precheck?: PrecheckReport;
  readonly errorMessage?: string;
  readonly bootedAtMs?: number;
  readonly finishedAtMs?: number;
  /** When the job became Normal for the first time since it was configured. */
  readonly firstNormalAtMs?: number;
  /** When it last stopped being Normal; undefined while it is. */
  readonly leftNormalAtMs?: number;
  /** Set by ModifyConsumptionTimestamp, seconds since the epoch. */
  readonly consumptionCheckpointSeconds?: number;
  /** Undefined where nothing is captured: before the first start, and for a source that is only declared. */
  readonly capture?: JobCapture;
  /** Why the job is Abnormal though nobody suspended it. It becomes Normal by itself, unless `isFinal`. */
  readonly trouble?: { readonly code: string; readonly isFinal: boolean };
}

/** One capture of a job, with what it has in the source and its log; each reset ends one. */
export interface JobCapture {
  /** Names the log and all that is made in the source. */
  readonly id: string;
  /** Was Normal once: from then on a missing log is a gap. */
  readonly hasBegun: boolean;
  /** Of the log's first record; 0 where it is left out. */
  readonly firstOffset?: number;
}

/** How far a group has read, as it says itself. */
export interface Position {
  readonly groupId: string;
  readonly jobId: string;
  readonly topic: string;
  readonly nextOffset: number;
  /** Free text of the client; of the DTS SDK the time of the record in seconds. */
  readonly metadata: string;
  /** Time of the last record that was read; null when it is no longer kept. */
  readonly seconds: number | null;
  readonly committedAtMs: number;
}

/** What a capture left in its source, or its log, and that is still to be removed. */
export interface Cleanup {
  readonly captureId: string;
  readonly instanceId: string;
  readonly serviceId: string;
  readonly configuration: JobConfiguration;
  /** False when the log stays readable. */
  readonly removesLog: boolean;
  readonly attempts: number;
  readonly nextAtMs: number;
  /** Of the last attempt: what is left, and how to remove it. */
  readonly left?: string;
}

export interface Group {
  readonly groupId: string;
  readonly jobId: string;
  readonly name: string;
  readonly userName: string;
  readonly passwordHash: string;
  readonly createdAtMs: number;
}

/** One alert rule of a job; a job has at most one of each type. */
export interface MonitorRule {
  readonly jobId: string;
  readonly type: string;
  readonly state: "Y" | "N";
  readonly phone: string;
  readonly delaySeconds?: number;
  readonly noticeValue?: number;
  readonly periodMinutes?: number;
  readonly times?: number;
}
