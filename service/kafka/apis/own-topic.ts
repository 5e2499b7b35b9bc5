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

/** Tells whether a request has named the partition before: it is seen to once, however long the list is. */
export function repeats(): (name: string, partition: number) => boolean {
  const named = new Set<string>();
  return (name, partition) => named.size === named.add(`${partition} ${name}`).size;
}
