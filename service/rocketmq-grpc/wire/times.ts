import type Long from "long";

/** A moment or a span as the wire has it. */
interface WireTime {
  readonly seconds: number | Long;
  readonly nanos: number;
}

export function wireTime(ms: number): { seconds: number; nanos: number } {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanos: Math.round((ms - seconds * 1000) * 1e6) };
}

/** In ms, whole. */
export function msOf({ seconds, nanos }: WireTime): number {
  return Number(seconds) * 1000 + Math.floor(nanos / 1e6);
}
