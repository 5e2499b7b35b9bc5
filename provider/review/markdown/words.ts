import type { KindName } from "../../identity.ts";
import type { InputChange } from "../input-changes.ts";
import type { Shown } from "../values.ts";
import { code } from "./escape.ts";

/** What each kind is called in a list. */
export const NOUNS: Readonly<Record<KindName, string>> = {
  ChangeTrackingInstance: "instance",
  ConsumerGroup: "consumer group",
  InflowTask: "inflow task",
  AlertRule: "alert rule",
};

/** By which a workflow finds its own comment, to put a new one in its place. */
export const MARKERS = {
  review: "<!-- change-tracking-review -->",
  drift: "<!-- change-tracking-drift -->",
} as const;

/** Inputs that one resource shows; the rest is counted. */
const INPUTS_MAX = 40;

/** `2 deleted`; empty for none. */
export function counted(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}

/** What a list says of a resource wherever it has one: name, kind, id and owner. */
export function resourceText({ name, kind, id, owner }: Named): string {
  return `${code(name)} ${NOUNS[kind]}${idText(id)}${ownerText(owner)}`;
}

interface Named {
  readonly name: string;
  readonly kind: KindName;
  readonly id: string | undefined;
  readonly owner: string | undefined;
}

export function idText(id: string | undefined): string {
  return id === undefined ? "" : ` (${code(id)})`;
}

export function stackText(stack: string): string {
  return stack === "" ? "" : ` in stack ${code(stack)}`;
}

export function ownerText(owner: string | undefined): string {
  return owner === undefined ? "" : `, owner ${code(owner)}`;
}

export function shownText(shown: Shown): string {
  if ("text" in shown) return code(shown.text);
  return shown.is === "absent" ? "*nothing*" : `*${shown.is}*`;
}

/** A nested list, one input a line. */
export function inputLines(
  inputs: readonly InputChange[],
  text: (input: InputChange) => string = changeText,
): string[] {
  const left = inputs.length - INPUTS_MAX;
  const lines = inputs.slice(0, INPUTS_MAX).map((input) => `  - ${code(input.path)}: ${text(input)}`);
  return left > 0 ? [...lines, `  - … and ${left} more inputs`] : lines;
}

function changeText({ before, after }: InputChange): string {
  const isSecret = (shown: Shown) => "is" in shown && shown.is === "secret";
  if (isSecret(before) && isSecret(after)) return "*secret, changed*";
  return `${shownText(before)} → ${shownText(after)}`;
}
