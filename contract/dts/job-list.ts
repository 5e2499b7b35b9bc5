// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of DescribeDtsJobs: tasks by page. `JobType` defaults to MIGRATION, so tracking tasks need SUBSCRIBE. */
export interface DescribeDtsJobsRequest {
  readonly DedicatedClusterId?: string;
  readonly DestProductType?: string;
  readonly DtsBisLabel?: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly GroupId?: string;
  readonly InstanceId?: string;
  readonly InstanceType?: string;
  readonly JobType?: string;
  readonly OrderColumn?: string;
  readonly OrderDirection?: string;
  readonly OwnerId?: string;
  readonly PageNumber?: number;
  readonly PageSize?: number;
  readonly Params?: string;
  readonly Region?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SrcProductType?: string;
  readonly Status?: string;
  readonly Tags?: string;
  readonly Type?: string;
  readonly WithoutDbList?: boolean;
  readonly ZeroEtlJob?: boolean;
}

/** Where a task reads or writes. */
export interface ListedEndpoint {
  readonly DatabaseName?: string;
  readonly EngineName?: string;
  readonly InstanceID?: string;
  readonly InstanceType?: string;
  readonly Ip?: string;
  readonly OracleSID?: string;
  readonly Port?: string;
  readonly Region?: string;
  readonly SslSolutionEnum?: string;
  readonly UserName?: string;
}

/** State of one step of a task. */
export interface StepStatus {
  readonly ErrorMessage?: string;
  readonly NeedUpgrade?: boolean;
  readonly Percent?: string;
  readonly Progress?: string;
  readonly Status?: string;
}

/** State of the precheck with its items. */
export interface PrecheckStatus {
  readonly Detail?: readonly {
    readonly CheckItem?: string;
    readonly CheckItemDescription?: string;
    readonly CheckResult?: string;
    readonly FailedReason?: string;
    readonly RepairMethod?: string;
  }[];
  readonly ErrorMessage?: string;
  readonly Percent?: string;
  readonly Status?: string;
}

/** One tag of an instance. */
export interface JobTag {
  readonly TagKey?: string;
  readonly TagValue?: string;
}

/** One task in the list. `Checkpoint` is text here and a number in DescribeDtsJobDetail. */
export interface DtsJob {
  readonly AppName?: string;
  readonly BeginTimestamp?: string;
  readonly Checkpoint?: string;
  readonly ConsumptionCheckpoint?: string;
  readonly ConsumptionClient?: string;
  readonly CpuUsage?: string;
  readonly CreateTime?: string;
  readonly DataCloudStatus?: StepStatus;
  readonly DataEtlStatus?: {
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly DataInitializationStatus?: {
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly DataSynchronizationStatus?: StepStatus;
  readonly DbObject?: string;
  readonly DedicatedClusterId?: string;
  readonly Delay?: number;
  readonly DestinationEndpoint?: ListedEndpoint;
  readonly DtsBisLabel?: string;
  readonly DtsInstanceID?: string;
  readonly DtsJobClass?: string;
  readonly DtsJobDirection?: string;
  readonly DtsJobId?: string;
  readonly DtsJobName?: string;
  readonly DuRealUsage?: string;
  readonly DuUsage?: number;
  readonly EndTimestamp?: string;
  readonly ErrorDetails?: readonly {
    readonly ErrorCode?: string;
    readonly HelpUrl?: string;
  }[];
  readonly ErrorMessage?: string;
  readonly EtlSafeCheckpoint?: string;
  readonly ExpireTime?: string;
  readonly FullDataCheckStatus?: {
    readonly CanSwitch?: boolean;
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly IncDataCheckStatus?: {
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly JobType?: string;
  readonly MaxDu?: number;
  readonly MemUsage?: string;
  readonly MigrationErrCode?: string;
  readonly MigrationErrHelpDocId?: string;
  readonly MigrationErrHelpDocKey?: string;
  readonly MigrationErrMsg?: string;
  readonly MigrationErrType?: string;
  readonly MigrationErrWorkaround?: string;
  readonly MigrationMode?: {
    readonly DataInitialization?: boolean;
    readonly DataSynchronization?: boolean;
    readonly FullDataCheck?: boolean;
    readonly IncDataCheck?: boolean;
    readonly StructureDataCheck?: boolean;
    readonly StructureInitialization?: boolean;
  };
  readonly MinDu?: number;
  readonly OriginType?: string;
  readonly PayType?: string;
  readonly Performance?: {
    readonly Flow?: string;
    readonly Rps?: string;
  };
  readonly PrecheckStatus?: PrecheckStatus;
  readonly Reserved?: string;
  readonly ResourceGroupDisplayName?: string;
  readonly ResourceGroupId?: string;
  readonly RetryState?: {
    readonly ErrMessage?: string;
    readonly JobId?: string;
    readonly MaxRetryTime?: number;
    readonly MigrationErrCode?: string;
    readonly MigrationErrHelpDocId?: string;
    readonly MigrationErrHelpDocKey?: string;
    readonly MigrationErrMsg?: string;
    readonly MigrationErrType?: string;
    readonly MigrationErrWorkaround?: string;
    readonly Module?: string;
    readonly RetryCount?: number;
    readonly RetryTarget?: string;
    readonly RetryTime?: number;
    readonly Retrying?: boolean;
  };
  readonly ReverseJob?: unknown;
  readonly SourceEndpoint?: ListedEndpoint;
  readonly Status?: string;
  readonly StructureDataCheckStatus?: {
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly StructureInitializationStatus?: {
    readonly ErrorMessage?: string;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly TagList?: readonly JobTag[];
}

/** Answer of DescribeDtsJobs. */
export interface DescribeDtsJobsAnswer {
  readonly DtsJobList?: readonly DtsJob[];
  readonly DynamicCode?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly EtlDemoList?: readonly unknown[];
  readonly HttpStatusCode?: number;
  readonly PageNumber?: number;
  readonly PageRecordCount?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
  readonly TotalRecordCount?: number;
}
