import type { KafkaTopic } from "../backend.ts";
import { ERROR_CODE, type ErrorCode } from "../error-code.ts";
import type { Call } from "./api.ts";

/** The user's topic, or why this partition is not to be had. */
export function ownTopic(
  { principal, backend }: Pick<Call, "principal" | "backend">,
  name: string,
  partition: number,
): KafkaTopic | ErrorCode {
  if (name !== principal.topic) return ERROR_CODE.topicAuthorizationFailed;
  const topic = partition === 0 ? backend.topic(name) : undefined;
  return topic ?? ERROR_CODE.unknownTopicOrPartition;
}
