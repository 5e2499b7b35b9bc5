import { type ErrorEntry, permanentError } from "./entry.ts";

/**
 * Failures of ApsaraMQ for RocketMQ 5.x. The table of its codes is not published whole; what had to be chosen
 * stands here and nowhere else.
 */
export const ROCKETMQ_ERRORS = {
  MissingParameter: permanentError(
    "Missing{Name}",
    400,
    "Parameter %s is mandatory for this action .",
    "documented",
  ),
  InvalidParameter: permanentError("Invalid{Name}", 400, "Parameter %s is invalid.", "documented"),
  InstanceNotFound: permanentError("Instance.NotFound", 404, "The instance cannot be found.", "observed"),
  TopicNotFound: permanentError("Topic.NotFound", 404, "The topic cannot be found.", "observed"),
  GroupNotFound: permanentError(
    "ConsumerGroup.NotFound",
    404,
    "The consumer group cannot be found.",
    "observed",
  ),
  AccountNotFound: permanentError(
    "InstanceAccount.NotExisted",
    404,
    "The account of the instance does not exist.",
    "observed",
  ),
  AclNotFound: permanentError(
    "InstanceAcl.NotExisted",
    404,
    "The right of the account does not exist.",
    "observed",
  ),
  AddressNotFound: permanentError(
    "InstanceIpOrCidr.NotExisted",
    404,
    "The address is not in the white list of the instance.",
    "observed",
  ),
  /** RMQ-1. */
  GroupExisted: permanentError("ConsumerGroup.Existed", 400, "The consumer group exists already.", "chosen"),
  TopicExisted: permanentError("Topic.Existed", 400, "The topic exists already.", "chosen"),
  AccountExisted: permanentError("InstanceAccount.Existed", 400, "The account exists already.", "chosen"),
  AclExisted: permanentError("InstanceAcl.Existed", 400, "The right exists already.", "chosen"),
  AddressExisted: permanentError(
    "InstanceIpOrCidr.Existed",
    400,
    "The address is in the list already.",
    "chosen",
  ),
  /** The instance is still being made. */
  InstanceNotRunning: permanentError(
    "Instance.StatusNotSupport",
    400,
    "The status of the instance does not support this operation.",
    "chosen",
  ),
  /** A prepaid instance cannot be deleted; the operation's text says so without a code. */
  PaymentTypeNotSupport: permanentError(
    "Instance.PaymentTypeNotSupport",
    400,
    "A subscription instance cannot be deleted.",
    "chosen",
  ),
  /** One token with two different requests. */
  TokenMismatch: permanentError(
    "IdempotentParameterMismatch",
    400,
    "The client token was used with other parameters.",
    "chosen",
  ),
} as const satisfies Record<string, ErrorEntry>;
