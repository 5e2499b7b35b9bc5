import { type ErrorEntry, passing, refusal } from "./entry.ts";

/**
 * Failures of Data Transmission Service. Few of its codes are published; every one that had to be chosen
 * stands here and nowhere else, so that it can be put right in one place.
 */
export const DTS_ERRORS = {
  /** A parameter of the right name and a wrong value; the wording is published, the code family too. */
  InvalidParameter: refusal(
    "Invalid{Name}",
    400,
    "The Value of Input Parameter %s is not valid.",
    "documented",
  ),
  /** At most 20 consumer groups for each change tracking instance (DTS-1). */
  QuotaExceededConsumerGroup: refusal(
    "QuotaExceeded.ConsumerGroup",
    403,
    "A change tracking instance can have at most 20 consumer groups.",
    "chosen",
  ),
  /** The job is in a state that does not allow the call, for example not Normal when a group is made (DTS-11). */
  OperationDeniedJobStatus: passing(
    "OperationDenied.JobStatus",
    403,
    "The operation is not allowed in the current status of the task.",
    "observed",
  ),
  OperationDeniedJobStatusModifying: passing(
    "OperationDenied.JobStatusModifying",
    403,
    "The task is being modified; wait until the modification has finished.",
    "chosen",
  ),
  OperationDeniedInitStatus: refusal(
    "UpdateJob.OperationDenied.InitStatus",
    403,
    "The task is configured already.",
    "chosen",
  ),
  OperationDeniedNotPurchased: refusal(
    "OperationDenied.NotPurchased",
    403,
    "The task has no purchased instance.",
    "chosen",
  ),
  /** A prepaid instance cannot be released before it expires (help document 381106). */
  OperationDeniedPayType: refusal(
    "OperationDenied.PayType",
    403,
    "A subscription (prepaid) instance cannot be released before it expires.",
    "chosen",
  ),
  /** Unknown instance or job. */
  InstanceNotFound: refusal(
    "Forbidden.InstanceNotFound",
    404,
    "The specified instance or task does not exist.",
    "documented",
  ),
  InvalidJobId: refusal("InvalidJobId", 400, "The Value of Input Parameter %s is not valid.", "observed"),
  ConsumerGroupNotFound: refusal(
    "InvalidConsumerGroupId.NotFound",
    404,
    "The specified consumer group does not exist.",
    "chosen",
  ),
  DuplicateConsumerGroupName: refusal(
    "InvalidConsumerGroupName.Duplicate",
    400,
    "Another consumer group of this instance has the same name.",
    "chosen",
  ),
  DuplicateConsumerGroupUserName: refusal(
    "InvalidConsumerGroupUserName.Duplicate",
    400,
    "Another consumer group of this instance has the same account.",
    "chosen",
  ),
  /** ModifyDtsJobPassword with the account and password that the task has; published as not allowed, without a code. */
  UnchangedPassword: refusal(
    "InvalidPassword.Unchanged",
    400,
    "The new password must differ from the present one.",
    "chosen",
  ),
  /** One token with two different requests. */
  TokenMismatch: refusal(
    "IdempotentParameterMismatch",
    400,
    "The client token was used with other parameters.",
    "chosen",
  ),
  /** One of DtsInstanceId and DtsJobId is needed. */
  MissingDtsInstanceId: refusal(
    "MissingDtsInstanceId",
    400,
    "DtsInstanceId or DtsJobId is mandatory for this action.",
    "chosen",
  ),
} as const satisfies Record<string, ErrorEntry>;
