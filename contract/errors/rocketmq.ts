import { type ErrorEntry, refusal } from "./entry.ts";

/**
 * Failures of ApsaraMQ for RocketMQ 5.x. The table of its codes is not published whole; what had to be chosen
 * stands here and nowhere else.
 */
export const ROCKETMQ_ERRORS = {
  MissingParameter: refusal(
    "Missing{Name}",
    400,
    "Parameter %s is mandatory for this action .",
    "documented",
  ),
  InvalidParameter: refusal("Invalid{Name}", 400, "Parameter %s is invalid.", "documented"),
  InstanceNotFound: refusal("Instance.NotFound", 404, "The instance cannot be found.", "observed"),
  TopicNotFound: refusal("Topic.NotFound", 404, "The topic cannot be found.", "observed"),
  GroupNotFound: refusal("ConsumerGroup.NotFound", 404, "The consumer group cannot be found.", "observed"),
  AccountNotFound: refusal(
    "InstanceAccount.NotExisted",
    404,
    "The account of the instance does not exist.",
    "observed",
  ),
  AclNotFound: refusal("InstanceAcl.NotExisted", 404, "The right of the account does not exist.", "observed"),
  AddressNotFound: refusal(
    "InstanceIpOrCidr.NotExisted",
    404,
    "The address is not in the white list of the instance.",
    "observed",
  ),
  /** RMQ-1. */
  GroupExisted: refusal("ConsumerGroup.Existed", 400, "The consumer group exists already.", "chosen"),
  TopicExisted: refusal("Topic.Existed", 400, "The topic exists already.", "chosen"),
  AccountExisted: refusal("InstanceAccount.Existed", 400, "The account exists already.", "chosen"),
  AclExisted: refusal("InstanceAcl.Existed", 400, "The right exists already.", "chosen"),
  AddressExisted: refusal("InstanceIpOrCidr.Existed", 400, "The address is in the list already.", "chosen"),
  /** The instance is still being made. */
  InstanceNotRunning: refusal(
    "Instance.StatusNotSupport",
    400,
    "The status of the instance does not support this operation.",
    "chosen",
  ),
  /** A prepaid instance cannot be deleted; the operation's text says so without a code. */
  PaymentTypeNotSupport: refusal(
    "Instance.PaymentTypeNotSupport",
    400,
    "A subscription instance cannot be deleted.",
    "chosen",
  ),
  /** One token with two different requests. */
  TokenMismatch: refusal(
    "IdempotentParameterMismatch",
    400,
    "The client token was used with other parameters.",
    "chosen",
  ),
} as const satisfies Record<string, ErrorEntry>;
