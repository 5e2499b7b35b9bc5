// Names, types and odd spellings are as published for the API version 2020-01-01.

/** Request of TagResources: adds tags to instances. */
export interface TagResourcesRequest {
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
  readonly ResourceId: readonly string[];
  readonly ResourceType?: string;
  readonly Tag: readonly {
    readonly Key: string;
    readonly Value: string;
  }[];
}

/** Answer of TagResources. */
export interface TagResourcesAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of UntagResources: takes tags off instances. */
export interface UntagResourcesRequest {
  readonly All?: boolean;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
  readonly ResourceId: readonly string[];
  readonly ResourceType?: string;
  readonly TagKey?: readonly string[];
}

/** Answer of UntagResources. */
export interface UntagResourcesAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly RequestId?: string;
  readonly Success?: boolean;
}

/** Request of ListTagResources: tags of instances, or instances by tag. */
export interface ListTagResourcesRequest {
  readonly NextToken?: string;
  readonly RegionId: string;
  readonly ResourceGroupId?: string;
  readonly ResourceId?: readonly string[];
  readonly ResourceType: string;
  readonly Tag?: readonly {
    readonly Key?: string;
    readonly Value?: string;
  }[];
}

/** Answer of ListTagResources. */
export interface ListTagResourcesAnswer {
  readonly ErrCode?: string;
  readonly ErrMessage?: string;
  readonly NextToken?: string;
  readonly RequestId?: string;
  readonly Success?: boolean;
  readonly TagResources?: {
    readonly TagResource?: readonly {
      readonly ResourceId?: string;
      readonly ResourceType?: string;
      readonly TagKey?: string;
      readonly TagValue?: string;
    }[];
  };
}
