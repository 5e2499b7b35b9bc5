import { type Path, pathText } from "./path.ts";

/** Levels of lists and objects inside each other. Nothing published has more than ten. */
export const NESTING_MAX = 64;

export interface Misshapen {
  readonly path: Path;
  /** To be put behind the place. */
  readonly text: string;
}

/**
 * What no schema sees: a member named `__proto__`, which they pass over, and nesting so deep that writing the value
 * out again would exhaust the stack. Undefined for everything else, plain values included.
 */
export function findMisshapen(value: unknown): Misshapen | undefined {
  const open: { value: unknown; path: Path }[] = [{ value, path: [] }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one.value !== "object" || one.value === null) continue;
    if (one.path.length >= NESTING_MAX) {
      return { path: one.path, text: `is nested deeper than ${NESTING_MAX} levels` };
    }
    for (const [key, member] of Object.entries(one.value)) {
      const path = [...one.path, Array.isArray(one.value) ? Number(key) : key];
      if (key === "__proto__") return { path, text: "is a reserved name" };
      if (typeof member === "object" && member !== null) open.push({ value: member, path });
    }
  }
  return undefined;
}

/** Parses JSON text; `problem` says what is wrong with it, without repeating the text. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "must be valid JSON text" };
  }
  const found = findMisshapen(value);
  return found === undefined ? { value } : { problem: `${pathText(found.path).slice(0, 200)} ${found.text}` };
}
