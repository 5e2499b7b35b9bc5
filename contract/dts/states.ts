/** States of a change tracking task, as DescribeDtsJobs documents them. */
export const TRACKING_STATES = [
  "NotConfigured",
  "NotStarted",
  "Prechecking",
  "PrecheckFailed",
  "PreCheckPass",
  "Starting",
  "Normal",
  "Retrying",
  "Abnormal",
  "Upgrade",
  "Locked",
  "Downgrade",
] as const;

export type TrackingState = (typeof TRACKING_STATES)[number];

/** `JobType` and `Type` of change tracking. */
export const TRACKING_JOB_TYPE = "SUBSCRIBE";
/** `ResourceType` of the tag actions; they take instance ids. */
export const DTS_TAG_RESOURCE_TYPE = "ALIYUN::DTS::INSTANCE";
/** Instances in one call of the tag actions, and tag keys in one call. */
export const TAG_RESOURCES_MAX = 50;
export const TAG_KEYS_MAX = 20;
/** `PageSize` of DescribeDtsJobs takes these; DescribeConsumerChannel takes 1 to 100. The default of both is 20. */
export const JOB_PAGE_SIZES = [20, 30, 50, 100] as const;
export const PAGE_SIZE_DEFAULT = 20;
export const CHANNEL_PAGE_SIZE_MAX = 100;
