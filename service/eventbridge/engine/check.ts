import { queueOfArn, SINK_VERSIONS, type SinkVersion } from "../../../contract/limits/eventbridge.ts";
import { shown } from "../../../contract/limits/message.ts";
import { withRule } from "../../../contract/validation/refusal.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Configuration, Stream } from "../entities.ts";
import { functionUrl } from "../settings.ts";
import { sourceProblems } from "./check-source.ts";
import { sinkPlace } from "./sink-place.ts";

/** What keeps a stream from running, each with the member at fault; empty when nothing does. */
export function checkStream(kernel: Kernel, stream: Stream, configuration: Configuration): string[] {
  const { Source, Sink, Transforms, RunOptions } = configuration;
  const tracking = Source.SourceDTSParameters;
  const consumed = stream.firstConsumedAtMs !== undefined;
  return [
    ...(tracking
      ? sourceProblems(kernel, tracking, consumed).map((text) => `Source.SourceDTSParameters.${text}`)
      : [`Source: only SourceDTSParameters can run here, got ${memberOf(Source)}`]),
    ...(Sink.SinkRocketMQParameters
      ? sinkProblems(kernel, Sink).map((text) => `Sink.SinkRocketMQParameters.${text}`)
      : [`Sink: only SinkRocketMQParameters can run here, got ${memberOf(Sink)}`]),
    ...deadLetterProblems(kernel, RunOptions?.DeadLetterQueue?.Arn),
    ...(Transforms ?? []).flatMap(({ Arn: arn }, i) => {
      const problem = functionProblem(kernel, arn);
      return problem === undefined ? [] : [`Transforms[${i}].${problem}`];
    }),
  ];
}

/** MQ-7: instance, its series, topic. */
function sinkProblems(kernel: Kernel, sink: Configuration["Sink"]): string[] {
  const { InstanceId, InstanceType } = sink.SinkRocketMQParameters ?? {};
  const instanceId = InstanceId?.Value ?? "";
  const found = findInstance(kernel, instanceId);
  if (!found) return [`InstanceId names no RocketMQ instance, got ${shown(instanceId)}`];
  const problems: string[] = [];
  const wanted = InstanceType?.Value;
  if (wanted && wanted !== SINK_VERSIONS[found.version]) {
    const text = `InstanceType must be the instance's: ${instanceId} is RocketMQ ${found.version} (${SINK_VERSIONS[found.version]}), got ${wanted}`;
    problems.push(withRule(text, "MQ-7"));
  }
  const place = sinkPlace(sink);
  if (place && !found.port.topic(instanceId, place.topic)) {
    problems.push(`Topic names no topic of ${instanceId}, got ${shown(place.topic)}`);
  }
  return problems;
}

function findInstance(kernel: Kernel, instanceId: string) {
  for (const name of ["queues5", "queues4"] as const) {
    const port = kernel.ports.find(name);
    const instance = port?.instance(instanceId);
    if (port && instance) return { port, version: instance.version satisfies SinkVersion };
  }
  return undefined;
}

function functionProblem(kernel: Kernel, arn: string | null | undefined): string | undefined {
  if (!arn) return withRule("Arn is required: only functions can clean events here", "MQ-15");
  if (functionUrl(kernel, arn) !== undefined) return undefined;
  const text = `Arn names no function that is configured; put its URL into the settings under rooms.eventbridge.functions, got ${shown(arn)}`;
  return withRule(text, "MQ-15");
}

/** MQ-14: other queues are valid where they exist, and nothing here could put an event into one. */
function deadLetterProblems(kernel: Kernel, arn: string | null | undefined): string[] {
  if (!arn) return [];
  const place = queueOfArn(arn);
  const at = "RunOptions.DeadLetterQueue.Arn";
  if (!place)
    return [withRule(`${at}: only RocketMQ topics take dead letters here, got ${shown(arn)}`, "MQ-14")];
  const found = findInstance(kernel, place.instance);
  if (!found) return [`${at} names no RocketMQ instance, got ${shown(place.instance)}`];
  if (found.port.topic(place.instance, place.topic)) return [];
  return [`${at} names no topic of ${place.instance}, got ${shown(place.topic)}`];
}

function memberOf(value: object): string {
  return Object.keys(value)[0] ?? "nothing";
}
