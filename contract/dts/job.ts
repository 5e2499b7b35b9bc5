// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of CreateDtsInstance: buys an instance and its task; the task still has to be configured. */
export interface CreateDtsInstanceRequest {
  readonly AutoPay?: boolean;
  readonly AutoStart?: boolean;
  readonly ComputeUnit?: number;
  readonly DatabaseCount?: number;
  readonly DestinationEndpointEngineName?: string;
  readonly DestinationRegion?: string;
  readonly DtsRegion?: string;
  readonly Du?: number;
  readonly FeeType?: string;
  readonly InstanceClass?: string;
  readonly JobId?: string;
  readonly MaxDu?: number;
  readonly MinDu?: number;
  readonly PayType?: string;
  readonly Period?: string;
  readonly Quantity?: number;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SourceEndpointEngineName?: string;
  readonly SourceRegion?: string;
  readonly SyncArchitecture?: string;
  readonly Type?: string;
  readonly UsedTime?: number;
}

/** Answer of CreateDtsInstance. */
export interface CreateDtsInstanceAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly InstanceId?: string;
  readonly JobId?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}

/** Request of ConfigureSubscription: sets source, objects and network of a tracking task. */
export interface ConfigureSubscriptionRequest {
  readonly Checkpoint?: string;
  readonly DbList: string;
  readonly DedicatedClusterId?: string;
  readonly DelayNotice?: boolean;
  readonly DelayPhone?: string;
  readonly DelayRuleTime?: number;
  readonly DtsBisLabel?: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly DtsJobName: string;
  readonly ErrorNotice?: boolean;
  readonly ErrorPhone?: string;
  readonly MaxDu?: number;
  readonly MinDu?: number;
  readonly RegionId: string;
  readonly Reserve?: string;
  readonly ResourceGroupId?: string;
  readonly SourceEndpointDatabaseName?: string;
  readonly SourceEndpointEngineName?: string;
  readonly SourceEndpointIP?: string;
  readonly SourceEndpointInstanceID?: string;
  readonly SourceEndpointInstanceType?: string;
  readonly SourceEndpointOracleSID?: string;
  readonly SourceEndpointOwnerID?: string;
  readonly SourceEndpointPassword?: string;
  readonly SourceEndpointPort?: string;
  readonly SourceEndpointRegion?: string;
  readonly SourceEndpointRole?: string;
  readonly SourceEndpointUserName?: string;
  readonly SrcCaCertificateOssUrl?: string;
  readonly SrcCaCertificatePassword?: string;
  readonly SrcClientCertOssUrl?: string;
  readonly SrcClientKeyOssUrl?: string;
  readonly SrcClientPassword?: string;
  readonly SubscriptionDataTypeDDL?: boolean;
  readonly SubscriptionDataTypeDML?: boolean;
  readonly SubscriptionInstanceNetworkType: string;
  readonly SubscriptionInstanceVPCId?: string;
  readonly SubscriptionInstanceVSwitchId?: string;
}

/** Answer of ConfigureSubscription. */
export interface ConfigureSubscriptionAnswer {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}

/** Request of StartDtsJob: starts a task: precheck first, then tracking. */
export interface StartDtsJobRequest {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SynchronizationDirection?: string;
  readonly ZeroEtlJob?: boolean;
}

/** Answer of StartDtsJob. */
export interface StartDtsJobAnswer {
  readonly DynamicCode?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of SuspendDtsJob: pauses a running task. */
export interface SuspendDtsJobRequest {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SynchronizationDirection?: string;
  readonly ZeroEtlJob?: boolean;
}

/** Answer of SuspendDtsJob. */
export interface SuspendDtsJobAnswer {
  readonly DynamicCode?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of DeleteDtsJob: releases an instance with its task. */
export interface DeleteDtsJobRequest {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly JobType?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SynchronizationDirection?: string;
  readonly ZeroEtlJob?: boolean;
}

/** Answer of DeleteDtsJob. */
export interface DeleteDtsJobAnswer {
  readonly DynamicCode?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of ModifyDtsJobName: renames a task. */
export interface ModifyDtsJobNameRequest {
  readonly DtsJobId: string;
  readonly DtsJobName: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly ZeroEtlJob?: boolean;
}

/** Answer of ModifyDtsJobName. */
export interface ModifyDtsJobNameAnswer {
  readonly Code?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
}
