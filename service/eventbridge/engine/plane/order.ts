import { offsetSeconds } from "../../../../contract/limits/eventbridge.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import type { Configuration, Stream } from "../../entities.ts";
import type { TaskOrder } from "../../inflow/task/task-order.ts";
import { functionUrl } from "../../settings.ts";

/** Names a stream among all regions. */
export function keyOf({ region, name }: Pick<Stream, "region" | "name">): string {
  return `${region} ${name}`;
}

/**
 * Why nothing carries the events of a stream that is valid and runs; undefined when the inflow thread does. Such a stream reads
 * nothing, so that nothing is lost when it is carried some day.
 */
export function notMoved(kernel: Kernel, { Sink }: Configuration): string | undefined {
  const { ports } = kernel;
  const instanceId = Sink.SinkRocketMQParameters?.InstanceId.Value ?? "";
  if (ports.find("queues4")?.instance(instanceId)) {
    return `not moved by the local service: ${instanceId} is RocketMQ 4.x, whose messages are not kept here; use a 5.x instance`;
  }
  if (!ports.find("changes") || !ports.find("messages5"))
    return "not moved by the local service: it keeps no changes or no messages";
  return undefined;
}

/** What the inflow thread has to do for a stream. */
export function orderOf(
  kernel: Kernel,
  stream: Stream,
  configuration: Configuration,
): Omit<TaskOrder, "run"> {
  const { Source, Sink, RunOptions, Transforms } = configuration;
  const at = Source.SourceDTSParameters?.InitCheckPoint ?? undefined;
  return {
    key: keyOf(stream),
    accountId: stream.accountId,
    region: stream.region,
    name: stream.name,
    groupId: stream.groupId,
    filterPattern: stream.filterPattern,
    sink: Sink,
    options: RunOptions,
    // One that is configured no longer is left out of no task: the check before it runs refuses it.
    functions: (Transforms ?? []).flatMap(({ Arn: arn }) => functionUrl(kernel, arn ?? "") ?? []),
    firstSeconds: at === undefined ? undefined : offsetSeconds(at),
  };
}
