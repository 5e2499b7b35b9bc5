import type { RunOptions, StreamSink } from "../../../contract/eventbridge/configuration.ts";
import { deadLetterRefusal, type QueuePlace } from "../../../contract/limits/eventbridge.ts";
import type { Refusal } from "../../../contract/validation/refusal.ts";

/** The topic that a stream writes to, where it is a fixed one. */
export function sinkPlace(sink: StreamSink): QueuePlace | undefined {
  const { InstanceId, Topic } = sink.SinkRocketMQParameters ?? {};
  if (!InstanceId?.Value || !Topic?.Value || (Topic.Form && Topic.Form !== "CONSTANT")) return undefined;
  return { instance: InstanceId.Value, topic: Topic.Value };
}

/** What is wrong with the dead-letter queue of a stream; undefined when nothing is (MQ-14). */
export function deadLetterProblem(options: RunOptions | undefined, sink: StreamSink): Refusal | undefined {
  const arn = options?.DeadLetterQueue?.Arn;
  return arn ? deadLetterRefusal(arn, sinkPlace(sink)) : undefined;
}
