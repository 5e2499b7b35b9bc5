import { queueOfArn } from "../../../contract/limits/eventbridge.ts";
import { shown } from "../../../contract/limits/message.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { QueuePort } from "../../core/kit/ports.ts";
import type { Configuration } from "../entities.ts";
import { sinkPlace } from "./sink-place.ts";

/**
 * What a running stream has lost: its group, its source, its instance or a topic. Anything else that a start would
 * refuse, for example a task that is being modified, passes by itself and ends no stream. Without a room that could
 * know, nothing is known to be gone.
 */
export function goneProblems(kernel: Kernel, { Source, Sink, RunOptions }: Configuration): string[] {
  const deadLetter = queueOfArn(RunOptions?.DeadLetterQueue?.Arn ?? "");
  const sinkInstance = Sink.SinkRocketMQParameters?.InstanceId?.Value;
  return [
    ...sourceGone(kernel, Source.SourceDTSParameters?.Sid),
    ...(sinkInstance
      ? queueGone(kernel, sinkInstance, sinkPlace(Sink)?.topic).map(
          (text) => `Sink.SinkRocketMQParameters.${text}`,
        )
      : []),
    ...(deadLetter
      ? queueGone(kernel, deadLetter.instance, deadLetter.topic).map(
          (text) => `RunOptions.DeadLetterQueue.Arn: ${text}`,
        )
      : []),
  ];
}

function sourceGone(kernel: Kernel, groupId: string | undefined): string[] {
  const tracking = kernel.ports.find("tracking");
  if (!tracking || groupId === undefined) return [];
  const group = tracking.group(groupId);
  const at = "Source.SourceDTSParameters";
  if (!group) return [`${at}.Sid names no consumer group any more, got ${shown(groupId)}`];
  if (group.status !== "Finished") return [];
  return [`${at}.TaskId: the tracking task ${group.instanceId} has ended (Finished)`];
}

function queueGone(kernel: Kernel, instanceId: string, topic: string | undefined): string[] {
  const ports = [kernel.ports.find("queues5"), kernel.ports.find("queues4")].filter(
    (port): port is QueuePort => port !== undefined,
  );
  if (ports.length === 0) return [];
  const port = ports.find((one) => one.instance(instanceId));
  if (!port) return [`InstanceId names no RocketMQ instance any more, got ${shown(instanceId)}`];
  if (topic === undefined || port.topic(instanceId, topic)) return [];
  return [`Topic names no topic of ${instanceId} any more, got ${shown(topic)}`];
}
