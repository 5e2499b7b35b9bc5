import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { StreamSource } from "../../../contract/eventbridge/configuration.ts";
import type { getEventStreaming } from "../../../contract/eventbridge/streams.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { configurationOf } from "../engine/configuration.ts";
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

/** Figures stay away until data moves; what went wrong is named. */
export function detailedStatus(stream: Stream) {
  if (stream.failure === undefined) return {};
  return { Extensions: { ErrorCode: stream.status, ErrorMessage: stream.failure } };
}
