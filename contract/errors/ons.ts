import { type ErrorEntry, permanentError } from "./entry.ts";

/** Failures of ApsaraMQ for RocketMQ 4.x. What had to be chosen stands here and nowhere else. */
export const ONS_ERRORS = {
  InstanceNotFound: permanentError("INSTANCE_NOT_FOUND", 404, "The instance cannot be found.", "observed"),
  /** An unknown topic or group; also on delete, where clients take it as gone. */
  NotOwner: permanentError(
    "AUTH_RESOURCE_OWNER_ERROR",
    400,
    "The resource does not exist or belongs to another account.",
    "observed",
  ),
  /** The instance still has topics or groups. */
  InstanceNotEmpty: permanentError("INSTANCE_NOT_EMPTY", 400, "The instance is not empty.", "observed"),
  InstanceNameExisted: permanentError(
    "BIZ_INSTANCE_EXISTED",
    400,
    "Another instance of the region has this name.",
    "chosen",
  ),
  /** RMQ-1. */
  GroupExisted: permanentError("BIZ_SUBSCRIPTION_EXISTED", 400, "The group ID is taken.", "chosen"),
  TopicExisted: permanentError("BIZ_TOPIC_EXISTED", 400, "The topic name is taken.", "chosen"),
  InvalidParameter: permanentError(
    "Invalid{Name}",
    400,
    "Specified parameter {Name} is not valid.",
    "documented",
  ),
} as const satisfies Record<string, ErrorEntry>;
