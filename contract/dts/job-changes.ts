// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of ModifySubscription: changes the tracked objects of a task. */
export interface ModifySubscriptionRequest {
  readonly DbList?: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly ModifyType?: string;
  readonly RegionId?: string;
  readonly Reserved?: string;
  readonly ResourceGroupId?: string;
  readonly SubscriptionDataTypeDDL?: boolean;
  readonly SubscriptionDataTypeDML?: boolean;
}

/** Answer of ModifySubscription. */
export interface ModifySubscriptionAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}

/** Request of ModifyDtsJobPassword: changes the account a task uses on a database. */
export interface ModifyDtsJobPasswordRequest {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly Endpoint: string;
  readonly Password?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
  readonly SynchronizationDirection?: string;
  readonly UserName: string;
  readonly ZeroEtlJob?: boolean;
}

/** Answer of ModifyDtsJobPassword. */
export interface ModifyDtsJobPasswordAnswer {
  readonly Code?: string;
  readonly DynamicMessage?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of TransferPayType: changes how an instance is paid for. */
export interface TransferPayTypeRequest {
  readonly AutoPay?: boolean;
  readonly BuyCount?: string;
  readonly ChargeType: string;
  readonly DtsJobId: string;
  readonly InstanceClass?: string;
  readonly MaxDu?: number;
  readonly MinDu?: number;
  readonly Period?: string;
  readonly RegionId?: string;
  readonly ResourceGroupId?: string;
}

/** Answer of TransferPayType. */
export interface TransferPayTypeAnswer {
  readonly ChargeType?: string;
  readonly Code?: string;
  readonly DtsJobId?: string;
  readonly DynamicMessage?: string;
  readonly EndTime?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: number;
  readonly InstanceId?: string;
  readonly RequestId?: string;
  readonly Success?: boolean;
}
