// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of CreateConsumerChannel: makes a consumer group. */
export interface CreateConsumerChannelRequest {
  readonly ConsumerGroupName: string;
  readonly ConsumerGroupPassword: string;
  readonly ConsumerGroupUserName: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
}

/** Answer of CreateConsumerChannel. */
export interface CreateConsumerChannelAnswer {
  readonly ConsumerGroupID?: string;
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}

/** Request of DescribeConsumerChannel: the consumer groups of an instance, by page. */
export interface DescribeConsumerChannelRequest {
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly PageNumber?: number;
  readonly PageSize?: number;
  readonly ParentChannelId?: string;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
}

/** Answer of DescribeConsumerChannel. */
export interface DescribeConsumerChannelAnswer {
  readonly ConsumerChannels?: readonly {
    readonly ConsumerGroupId?: string;
    readonly ConsumerGroupName?: string;
    readonly ConsumerGroupUserName?: string;
    readonly ConsumptionCheckpoint?: string;
    readonly MessageDelay?: number;
    readonly UnconsumedData?: number;
  }[];
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly PageNumber?: number;
  readonly PageRecordCount?: number;
  readonly RequestId?: string;
  readonly Success?: string;
  readonly TotalRecordCount?: number;
}

/** Request of ModifyConsumerChannel: changes name, account or password of a consumer group. */
export interface ModifyConsumerChannelRequest {
  readonly ConsumerGroupId: string;
  readonly ConsumerGroupName?: string;
  readonly ConsumerGroupPassword?: string;
  readonly ConsumerGroupUserName?: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
}

/** Answer of ModifyConsumerChannel. */
export interface ModifyConsumerChannelAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}

/** Request of DeleteConsumerChannel: deletes a consumer group. */
export interface DeleteConsumerChannelRequest {
  readonly ConsumerGroupId: string;
  readonly DtsInstanceId?: string;
  readonly DtsJobId?: string;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
}

/** Answer of DeleteConsumerChannel. */
export interface DeleteConsumerChannelAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly HttpStatusCode?: string;
  readonly RequestId?: string;
  readonly Success?: string;
}
