import { FORM_DEFAULT, isUnspecified, type Part } from "../../../../contract/eventbridge/transform.ts";
import {
  offsetSeconds,
  RETRY_POLICY_SPELLINGS,
  SINK_VERSIONS,
} from "../../../../contract/limits/eventbridge.ts";
import { MESSAGE_FORMS } from "../../../schema/inflow-message.ts";
import type { StreamRecord } from "../../api/eventbridge.ts";
import type { Properties } from "../../resource.ts";
import { wordOf } from "../shared/inputs.ts";
import type { TaskInputs } from "./inputs.ts";

/* What the service describes, as inputs; what no input can say is left out. */

/** The password is kept as it is known: what a service shows of it may be masked. */
export function observedSource(known: TaskInputs["source"] | undefined, record: StreamRecord): Properties {
  const wire = record.Source?.SourceDTSParameters;
  if (wire === undefined || wire === null) return { ...known };
  const at = wire.InitCheckPoint ?? undefined;
  const { consumerOffset, consumerOffsetZone, ...others } = known ?? {};
  const knownSeconds =
    consumerOffset === undefined ? undefined : offsetSeconds(consumerOffset, consumerOffsetZone);
  const isSameOffset = knownSeconds === (at === undefined ? undefined : Number(at));
  const isSameGroup = known?.groupId === wire.Sid;
  return {
    ...others,
    groupId: wire.Sid,
    account: wire.Username ?? known?.account,
    ...(isSameGroup && known?.instance !== undefined ? {} : { instance: wire.TaskId ?? known?.instance }),
    ...(isSameOffset
      ? {
          ...(consumerOffset === undefined ? {} : { consumerOffset }),
          ...(consumerOffsetZone === undefined ? {} : { consumerOffsetZone }),
        }
      : { ...(at === undefined ? {} : { consumerOffset: Number(at) }) }),
  };
}

export function observedSink(record: StreamRecord): Properties {
  const wire = record.Sink?.SinkRocketMQParameters ?? undefined;
  if (wire === undefined) return {};
  const version = wordOf(SINK_VERSIONS, wire.InstanceType?.Value);
  return {
    ...given("version", version ?? (wire.InstanceId?.Value?.startsWith("MQ_INST_") ? "4.x" : "5.x")),
    ...given("instance", wire.InstanceId?.Value),
    ...given("topic", wire.Topic?.Value),
    ...given("body", observedPart(wire.Body)),
    ...given("properties", observedPart(wire.Properties)),
    ...given("key", observedPart(wire.Keys)),
    ...given("tag", observedPart(wire.Tags)),
  };
}

/** All four are given, so that what is not there any more goes. */
export function observedOptions(options: NonNullable<StreamRecord["RunOptions"]>): Properties {
  const { BatchWindow: window, RetryStrategy: retry, DeadLetterQueue: queue } = options;
  const batch = {
    ...given("messages", window?.CountBasedWindow ?? undefined),
    ...given("intervalSeconds", window?.TimeBasedWindow ?? undefined),
  };
  const policy = Object.entries(RETRY_POLICY_SPELLINGS).find(([, spellings]) =>
    (spellings as readonly string[]).includes(retry?.PushRetryStrategy ?? ""),
  );
  return {
    batch: Object.keys(batch).length === 0 ? undefined : batch,
    retryPolicy: policy?.[0],
    errorsTolerance: options.ErrorsTolerance ?? undefined,
    deadLetterQueue: queue?.Arn ? { arn: queue.Arn } : undefined,
  };
}

function observedPart(part: Part | null | undefined): Properties | undefined {
  if (part === undefined || part === null || isUnspecified(part)) return undefined;
  const wire = part.Form || FORM_DEFAULT;
  const form = wordOf(MESSAGE_FORMS, wire);
  switch (wire) {
    case "ORIGINAL":
      return { form };
    case "JSONPATH":
      return { form, path: part.Value ?? "" };
    case "TEMPLATE":
      return { form, parameters: parameters(part.Value ?? ""), template: part.Template ?? "" };
    default:
      return { form, value: part.Value ?? "" };
  }
}

function parameters(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function given(key: string, value: unknown): Properties {
  return value === undefined || value === null ? {} : { [key]: value };
}
