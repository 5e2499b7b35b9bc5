import { type Path, pathText } from "./path.ts";

/** Levels of lists and objects inside each other. Nothing published has more than ten. */
export const NESTING_MAX = 64;
/** Values of one JSON text, members of lists and objects alike: some thirty thousand tables in a list of objects. */
export const VALUES_MAX = 100_000;

interface Misshapen {
  readonly path: Path;
  /** To be put behind the place. */
  readonly text: string;
}

/** One list or object on the way down; the path is put together only where something is wrong. */
interface Level {
  readonly value: unknown;
  readonly key: string;
  readonly above: Level | undefined;
  readonly depth: number;
}

/**
 * What no schema sees: a member named `__proto__`, which they pass over, and nesting so deep that writing the value
 * out again would exhaust the stack. Undefined for everything else, plain values included.
 */
export function findMisshapen(value: unknown): Misshapen | undefined {
  const open: Level[] = [{ value, key: "", above: undefined, depth: 0 }];
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one.value !== "object" || one.value === null) continue;
    if (one.depth >= NESTING_MAX) {
      return { path: pathOf(one), text: `is nested deeper than ${NESTING_MAX} levels` };
    }
    for (const [key, member] of Object.entries(one.value)) {
      const isReserved = key === "__proto__";
      if (!isReserved && (typeof member !== "object" || member === null)) continue;
      const below = { value: member, key, above: one, depth: one.depth + 1 };
      if (isReserved) return { path: pathOf(below), text: "is a reserved name" };
      open.push(below);
    }
  }
  return undefined;
}

function pathOf(level: Level): Path {
  const path: (string | number)[] = [];
  for (let one = level; one.above !== undefined; one = one.above) {
    path.unshift(Array.isArray(one.above.value) ? Number(one.key) : one.key);
  }
  return path;
}

/** Parses JSON text; `problem` says what is wrong with it, without repeating the text. */
export function parseJson(text: string): { readonly value: unknown } | { readonly problem: string } {
  const excess = excessOf(text);
  if (excess !== undefined) return { problem: excess };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "must be valid JSON text" };
  }
  const found = findMisshapen(value);
  return found === undefined ? { value } : { problem: `${pathText(found.path).slice(0, 200)} ${found.text}` };
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING: readonly number[] = [0x5b, 0x7b];
const CLOSING: readonly number[] = [0x5d, 0x7d];

/**
 * Why a text would make too much work as JSON, found in one look over it: a few megabytes of brackets become
 * a million objects. Says nothing of whether it is JSON.
 */
function excessOf(text: string): string | undefined {
  // Each value takes a character and what divides it from the next.
  if (text.length < VALUES_MAX) return undefined;
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) at = endOfString(text, at);
    else if (unit === COMMA) values += 1;
    else if (OPENING.includes(unit)) {
      depth += 1;
      values += 1;
      if (depth > NESTING_MAX) return `is nested deeper than ${NESTING_MAX} levels`;
    } else if (CLOSING.includes(unit)) depth -= 1;
    if (values > VALUES_MAX) return `has more than ${VALUES_MAX} values`;
  }
  return undefined;
}

/** Index of the closing quote, or of the text's end. */
function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) return at;
    at += unit === BACKSLASH ? 2 : 1;
  }
  return at;
}
