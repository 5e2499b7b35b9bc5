import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { StreamSource } from "../../../contract/eventbridge/configuration.ts";
import type { getEventStreaming } from "../../../contract/eventbridge/streams.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { configurationOf } from "../engine/configuration.ts";
import { findLifecycle } from "../engine/lifecycle.ts";
import type { Meters } from "../engine/plane/meters.ts";
import { keyOf } from "../engine/plane/order.ts";
import type { Stream } from "../entities.ts";

type StreamAnswer = NonNullable<AnswerFieldsOf<typeof getEventStreaming>["Data"]>;

/** A stream as it was put, member for member, with its state. Nothing is added to what was sent. */
export function streamFields(kernel: Kernel, stream: Stream): StreamAnswer {
  const { Source, Sink, RunOptions, Transforms } = configurationOf(kernel, stream);
  return {
    EventStreamingName: stream.name,
    ...(stream.description === undefined ? {} : { Description: stream.description }),
    FilterPattern: stream.filterPattern,
    Source: sourceFields(Source),
    Sink,
    ...(RunOptions === undefined ? {} : { RunOptions }),
    ...(Transforms === undefined ? {} : { Transforms }),
    Status: stream.status,
    // What was put may hold null and members of sources and sinks that have no shape.
  } as StreamAnswer;
}

/** InitCheckPoint is published as a number where it is put and as a text where it is read. */
function sourceFields(source: StreamSource): StreamSource {
  const tracking = source.SourceDTSParameters;
  const at = tracking?.InitCheckPoint;
  if (at === null || at === undefined) return source;
  return { ...source, SourceDTSParameters: { ...tracking, InitCheckPoint: String(at) } as typeof tracking };
}

/** Figures stay away until data moves; what went wrong, or keeps a running stream from moving it, is named. */
export function detailedStatus(kernel: Kernel, stream: Stream) {
  const plane = findLifecycle(kernel)?.plane;
  const meter = plane?.meters.of(keyOf(stream));
  const message = stream.failure ?? plane?.remark(stream);
  return {
    ...(message === undefined ? {} : { Extensions: { ErrorCode: stream.status, ErrorMessage: message } }),
    ...(meter === undefined ? {} : figuresOf(kernel, meter)),
  };
}

/** DelayTime, in seconds (chosen: no unit is published), is the age of what was delivered last while more waits. */
function figuresOf(kernel: Kernel, { figures, sentPerSecond }: NonNullable<ReturnType<Meters["of"]>>) {
  const { lag, deliveredSeconds = 0 } = figures;
  const age = Math.max(0, Math.floor(kernel.clock.now() / 1000) - deliveredSeconds);
  return {
    DelayTime: lag > 0 && deliveredSeconds > 0 ? age : 0,
    DiffOffset: lag,
    TPS: Math.round(sentPerSecond * 100) / 100,
  };
}
