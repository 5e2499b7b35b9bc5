import type { StreamRecord } from "../../api/eventbridge.ts";
import type { StreamDefinition } from "../../api/stream-definition.ts";
import { isEqual } from "../../equal.ts";

/** Whether a task is not what it should be. A password that the service does not show says nothing. */
export function hasDrifted(record: StreamRecord, wanted: StreamDefinition): boolean {
  const { Password: shown, ...source } = record.Source?.SourceDTSParameters ?? {};
  const { Password: password, ...wantedSource } = wanted.Source.SourceDTSParameters ?? {};
  const isShown = typeof shown === "string" && shown !== "" && !/^\*+$/.test(shown);
  return (
    (isShown && shown !== password) ||
    !isEqual(numbers(source), numbers(wantedSource)) ||
    !isSameSink(record.Sink, wanted.Sink) ||
    !isSameFilter(record.FilterPattern, wanted.FilterPattern) ||
    !isEqual(record.RunOptions ?? {}, wanted.RunOptions) ||
    !isEqual(record.Transforms ?? [], wanted.Transforms) ||
    (record.Description ?? "") !== wanted.Description
  );
}

/** Patterns as texts that say the same; an empty text matches all events, as `{}` does. */
export function isSameFilter(text: string | undefined, wanted: string): boolean {
  return text === wanted || isEqual(jsonOrText(text || "{}"), jsonOrText(wanted));
}

export function isSameSink(sink: unknown, wanted: unknown): boolean {
  return isEqual(withParsedValues(sink), withParsedValues(wanted));
}

/** What JSON text says; a text that is none says itself. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Parameters of a template are JSON text, whose spaces and order say nothing. */
function withParsedValues(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const isTemplate = (value as { Form?: unknown }).Form === "TEMPLATE";
  const entries = Object.entries(value).map(([key, one]) => [
    key,
    isTemplate && key === "Value" && typeof one === "string" ? jsonOrText(one) : withParsedValues(one),
  ]);
  return Object.fromEntries(entries);
}

/** An offset may come back as text. */
function numbers(source: Readonly<Record<string, unknown>>) {
  const { InitCheckPoint: at, ...others } = source;
  return { ...others, InitCheckPoint: at === undefined || at === null ? undefined : Number(at) };
}
