import { type Basis, type ErrorEntry, permanentError } from "./entry.ts";

/** Business failures come with HTTP 200 and `Success: false`; only the gateway in front uses other statuses. */
const said = (code: string, message: string, basis: Basis = "chosen"): ErrorEntry =>
  permanentError(code, 200, message, basis);

/** Failures of EventBridge. The published table was readable in part only, so the rest is chosen here. */
export const EVENTBRIDGE_ERRORS = {
  /** A value that cannot stand; every documented limit of a task is refused so. */
  InvalidArgument: said("InvalidArgument", "The argument is invalid."),
  StreamExists: said(
    "EventStreamingAlreadyExist",
    "The name [%s] of event streaming in request is already exist!",
  ),
  StreamNotExisted: said("EventStreamingNotExisted", "The event streaming [%s] not existed!", "observed"),
  /** DTS-2. */
  GroupInUse: said("ConsumerGroupInUse", "Another event streaming reads with the consumer group."),
  ResourceNotExist: said("ResourceNotExist", "The resource [%s] does not exist.", "observed"),
} as const satisfies Record<string, ErrorEntry>;
