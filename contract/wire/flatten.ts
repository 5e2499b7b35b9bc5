import { GATEWAY_ERRORS, serviceError } from "../errors/index.ts";
import type { Pair } from "./query.ts";

/** Levels of nesting a name may have: `A.1.B` has three. No published parameter has more than five. */
export const FLATTEN_DEPTH_MAX = 8;
/** Members of one list. The longest published list takes 100. */
export const LIST_ITEMS_MAX = 1000;

const INDEX = /^(0|[1-9]\d{0,8})$/;
type Node = Map<string, Node | string>;

/**
 * Builds the structure that flattened RPC parameters stand for. `Name.1`, `Name.2` make a list, whatever
 * their order and gaps; `Name.Member` makes an object; leaves stay texts. The first letter of every top-level
 * name is made a capital, because some clients send it small. The last of several equal names counts.
 * Throws `Invalid{Name}` for nesting or lists beyond the bounds, for a name that is both value and structure,
 * and for `__proto__`.
 */
export function unflatten(pairs: readonly Pair[]): Record<string, unknown> {
  const root: Node = new Map();
  for (const [rawName, value] of pairs) {
    const name = rawName.charAt(0).toUpperCase() + rawName.slice(1);
    if (!name.includes(".")) put(root, name, value, name);
    else insert(root, name, value);
  }
  return objectOf(root);
}

/**
 * The reverse: lists from 1, members behind a dot, numbers and booleans as texts. Undefined, null, empty
 * lists and empty objects are not sent. Throws a RangeError beyond the same depth.
 */
export function flatten(value: Readonly<Record<string, unknown>>): Pair[] {
  const pairs: Pair[] = [];
  for (const [name, member] of Object.entries(value)) append(pairs, name, member, 1);
  return pairs;
}

function append(pairs: Pair[], name: string, value: unknown, depth: number): void {
  if (value === undefined || value === null) return;
  if (depth > FLATTEN_DEPTH_MAX) throw new RangeError(`${name} is nested deeper than ${FLATTEN_DEPTH_MAX}.`);
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) append(pairs, `${name}.${i + 1}`, item, depth + 1);
  } else if (typeof value === "object") {
    for (const [key, member] of Object.entries(value)) append(pairs, `${name}.${key}`, member, depth + 1);
  } else {
    pairs.push([name, String(value)]);
  }
}

function insert(root: Node, name: string, value: string): void {
  const segments = name.split(".");
  // A name such as `A..B` or `A.` is no path; it stays a plain name, which no schema knows.
  if (segments.includes("")) {
    put(root, name, value, name);
    return;
  }
  if (segments.length > FLATTEN_DEPTH_MAX) {
    throw invalid(name, `It is nested deeper than ${FLATTEN_DEPTH_MAX} levels.`);
  }
  const leaf = segments.pop() ?? "";
  let node = root;
  for (const segment of segments) {
    if (segment === "__proto__") throw invalid(name, "The name is reserved.");
    const next = node.get(segment) ?? new Map();
    if (typeof next === "string") throw invalid(name, "It is sent both as a value and with members.");
    node.set(segment, next);
    node = next;
  }
  put(node, leaf, value, name);
}

function put(node: Node, key: string, value: string, name: string): void {
  if (key === "__proto__") throw invalid(name, "The name is reserved.");
  if (typeof node.get(key) === "object") throw invalid(name, "It is sent both as a value and with members.");
  node.set(key, value);
  if (node.size > LIST_ITEMS_MAX) throw invalid(name, `It has more than ${LIST_ITEMS_MAX} members.`);
}

function structureOf(node: Node): unknown {
  const keys = [...node.keys()];
  if (!keys.every((key) => INDEX.test(key))) return objectOf(node);
  return keys.sort((a, b) => Number(a) - Number(b)).map((key) => memberOf(node.get(key) ?? ""));
}

function objectOf(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node].map(([key, member]) => [key, memberOf(member)]));
}

function memberOf(member: Node | string): unknown {
  return typeof member === "string" ? member : structureOf(member);
}

function invalid(name: string, detail: string) {
  return serviceError(GATEWAY_ERRORS.Invalid, { parameter: name, detail });
}
