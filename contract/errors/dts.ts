import { type ErrorEntry, permanentError, transientError } from "./entry.ts";

/**
 * Failures of Data Transmission Service. Few of its codes are published; every one that had to be chosen
 * stands here and nowhere else, so that it can be put right in one place.
 */
export const DTS_ERRORS = {
  /** A parameter of the right name and a wrong value; the wording is published, the code family too. */
  InvalidParameter: permanentError(
    "Invalid{Name}",
    400,
    "The Value of Input Parameter %s is not valid.",
    "documented",
  ),
  /** At most 20 consumer groups for each change tracking instance (DTS-1). */
  QuotaExceededConsumerGroup: permanentError(
    "QuotaExceeded.ConsumerGroup",
    403,
    "A change tracking instance can have at most 20 consumer groups.",
    "chosen",
  ),
  /** The job is in a state that does not allow the call, for example not Normal when a group is made (DTS-11). */
  OperationDeniedJobStatus: transientError(
    "OperationDenied.JobStatus",
    403,
    "The operation is not allowed in the current status of the task.",
    "observed",
  ),
  OperationDeniedJobStatusModifying: transientError(
    "OperationDenied.JobStatusModifying",
    403,
    "The task is being modified; wait until the modification has finished.",
    "chosen",
  ),
  OperationDeniedInitStatus: permanentError(
    "UpdateJob.OperationDenied.InitStatus",
    403,
    "The task is configured already.",
    "chosen",
  ),
  OperationDeniedNotPurchased: permanentError(
    "OperationDenied.NotPurchased",
    403,
    "The task has no purchased instance.",
    "chosen",
  ),
  /** A prepaid instance cannot be released before it expires (help document 381106). */
  OperationDeniedPayType: permanentError(
    "OperationDenied.PayType",
    403,
    "A subscription (prepaid) instance cannot be released before it expires.",
    "chosen",
  ),
  /** Unknown instance or job. */
  InstanceNotFound: permanentError(
    "Forbidden.InstanceNotFound",
    404,
    "The specified instance or task does not exist.",
    "documented",
  ),
  InvalidJobId: permanentError(
    "InvalidJobId",
    400,
    "The Value of Input Parameter %s is not valid.",
    "observed",
  ),
  ConsumerGroupNotFound: permanentError(
    "InvalidConsumerGroupId.NotFound",
    404,
    "The specified consumer group does not exist.",
    "chosen",
  ),
  DuplicateConsumerGroupName: permanentError(
    "InvalidConsumerGroupName.Duplicate",
    400,
    "Another consumer group of this instance has the same name.",
    "chosen",
  ),
  DuplicateConsumerGroupUserName: permanentError(
    "InvalidConsumerGroupUserName.Duplicate",
    400,
    "Another consumer group of this instance has the same account.",
    "chosen",
  ),
  /** ModifyDtsJobPassword with the account and password that the task has; published as not allowed, without a code. */
  UnchangedPassword: permanentError(
    "InvalidPassword.Unchanged",
    400,
    "The new password must differ from the present one.",
    "chosen",
  ),
  /** One token with two different requests. */
  TokenMismatch: permanentError(
    "IdempotentParameterMismatch",
    400,
    "The client token was used with other parameters.",
    "chosen",
  ),
  /** One of DtsInstanceId and DtsJobId is needed. */
  MissingDtsInstanceId: permanentError(
    "MissingDtsInstanceId",
    400,
    "DtsInstanceId or DtsJobId is mandatory for this action.",
    "chosen",
  ),
} as const satisfies Record<string, ErrorEntry>;
