import { DEFAULT_TIMEOUTS } from "../../../schema/common.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";

/** The time of the clock at which an operation that starts now gives up waiting. */
export function deadlineMs(
  session: Session,
  props: Properties,
  operation: keyof typeof DEFAULT_TIMEOUTS,
): number {
  const given = (props.timeouts as Partial<Record<string, number>> | undefined)?.[operation];
  return session.clock.nowMs() + (given ?? DEFAULT_TIMEOUTS[operation]) * 1000;
}
