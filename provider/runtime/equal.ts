import { containsUnknown } from "../schema/unknown.ts";
import type { Properties } from "./resource.ts";

/** Deep equality of plain values; a missing member equals an undefined or null one. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b);
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Properties, b as Properties];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) =>
    isEqual(left[key], right[key]),
  );
}

/** The keys whose values differ; a value that is not known yet counts as different. */
export function changedKeys(olds: Properties, news: Properties, keys: readonly string[]): string[] {
  return keys.filter((key) => containsUnknown(news[key]) || !isEqual(olds[key], news[key]));
}

function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}
