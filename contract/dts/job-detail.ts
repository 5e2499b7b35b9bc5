// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of DescribeDtsJobDetail: one task, by its id or by its instance's. */
export interface DescribeDtsJobDetailRequest {
  readonly DtsInstanceID?: string;
  readonly DtsJobId?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SyncSubJobHistory?: boolean;
  readonly SynchronizationDirection?: string;
  readonly ZeroEtlJob?: boolean;
}

/** Where a task reads or writes. */
export interface JobEndpoint {
  readonly AliyunUid?: string;
  readonly CanModifyPassword?: boolean;
  readonly DatabaseName?: string;
  readonly EngineName?: string;
  readonly InstanceID?: string;
  readonly InstanceType?: string;
  readonly Ip?: string;
  readonly OracleSID?: string;
  readonly Port?: string;
  readonly Region?: string;
  readonly RoleName?: string;
  readonly SslSolutionEnum?: string;
  readonly UserName?: string;
}

/** Addresses of the brokers, `host:port`, by network. */
export interface SubscriptionHost {
  readonly PrivateHost?: string;
  readonly PublicHost?: string;
  readonly VpcHost?: string;
}

/** Kinds of changes that are tracked. */
export interface SubscriptionDataType {
  readonly Ddl?: boolean;
  readonly Dml?: boolean;
}

/** Answer of DescribeDtsJobDetail. `DbObject` and `Reserved` are JSON text. Clients read both endpoint objects and `SubscriptionDataType` without a check. */
export interface DescribeDtsJobDetailAnswer {
  readonly AppName?: string;
  readonly BeginTimestamp?: string;
  readonly Binlog?: string;
  readonly BinlogSite?: string;
  readonly BinlogTime?: string;
  readonly BootTime?: string;
  readonly Checkpoint?: number;
  readonly Code?: number;
  readonly ConsumptionCheckpoint?: string;
  readonly ConsumptionClient?: string;
  readonly CreateTime?: string;
  readonly DataDeliveryChannelInfo?: {
    readonly PartitionNum?: number;
    readonly PublicDproxyUrl?: string;
    readonly Region?: string;
    readonly Topic?: string;
    readonly VpcDproxyUrl?: string;
  };
  readonly DataSynchronizationStatus?: {
    readonly ErrorMessage?: string;
    readonly NeedUpgrade?: boolean;
    readonly Percent?: string;
    readonly Progress?: string;
    readonly Status?: string;
  };
  readonly DatabaseCount?: number;
  readonly DbObject?: string;
  readonly DedicatedClusterId?: string;
  readonly Delay?: number;
  readonly DemoJob?: boolean;
  readonly DestNetType?: string;
  readonly DestinationEndpoint?: JobEndpoint;
  readonly DtsBisLabel?: string;
  readonly DtsInstanceID?: string;
  readonly DtsJobClass?: string;
  readonly DtsJobDirection?: string;
  readonly DtsJobId?: string;
  readonly DtsJobName?: string;
  readonly DynamicMessage?: string;
  readonly EndTimestamp?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly ErrorMessage?: string;
  readonly EtlCalculator?: string;
  readonly ExpireTime?: string;
  readonly FinishTime?: string;
  readonly GroupId?: string;
  readonly HttpStatusCode?: number;
  readonly InitCheckpoint?: string;
  readonly JobType?: string;
  readonly LastUpdateTime?: string;
  readonly MaxDu?: number;
  readonly MigrationMode?: {
    readonly DataExtractTransformLoad?: boolean;
    readonly DataInitialization?: boolean;
    readonly DataSynchronization?: boolean;
    readonly StructureInitialization?: boolean;
  };
  readonly MinDu?: number;
  readonly PayType?: string;
  readonly RequestId?: string;
  readonly Reserved?: string;
  readonly ResourceGroupDisplayName?: string;
  readonly ResourceGroupId?: string;
  readonly RetryState?: {
    readonly ErrMessage?: string;
    readonly JobId?: string;
    readonly MaxRetryTime?: number;
    readonly Module?: string;
    readonly RetryCount?: number;
    readonly RetryTarget?: string;
    readonly RetryTime?: number;
    readonly Retrying?: boolean;
  };
  readonly SourceEndpoint?: JobEndpoint;
  readonly Status?: string;
  readonly SubDistributedJob?: readonly unknown[];
  readonly SubSyncJob?: readonly unknown[];
  readonly SubscribeTopic?: string;
  readonly SubscriptionDataType?: SubscriptionDataType;
  readonly SubscriptionHost?: SubscriptionHost;
  readonly Success?: boolean;
  readonly SynchronizationDirection?: string;
  readonly TaskType?: string;
}
