import type { Kernel } from "../../core/kernel.ts";
import { configurationOf } from "../engine/streams.ts";
import type { Stream } from "../entities.ts";

/** A stream as it was put, member for member, with its state. Nothing is added to what was sent. */
export function streamFields(kernel: Kernel, stream: Stream) {
  const { Source, Sink, RunOptions, Transforms } = configurationOf(kernel, stream);
  return {
    EventStreamingName: stream.name,
    ...(stream.description === undefined ? {} : { Description: stream.description }),
    FilterPattern: stream.filterPattern,
    Source,
    Sink,
    ...(RunOptions === undefined ? {} : { RunOptions }),
    ...(Transforms === undefined ? {} : { Transforms }),
    Status: stream.status,
  };
}

/** Figures stay away until data moves; what went wrong is named. */
export function detailedStatus(stream: Stream) {
  if (stream.failure === undefined) return {};
  return { Extensions: { ErrorCode: stream.status, ErrorMessage: stream.failure } };
}
