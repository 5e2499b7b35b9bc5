import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { shown } from "../../contract/limits/message.ts";
import { NESTING_MAX, VALUES_MAX } from "../../contract/limits/shape.ts";
import type { Finding } from "./finding.ts";
import type { Range, Source } from "./source.ts";

/** A document as plain values: mappings with keys that are texts, lists, texts, numbers, true, false and null. */
export interface Tree {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/** Values below a node with itself, and how deep they are nested: an alias counts as if all stood there again. */
interface Measured {
  readonly value: unknown;
  readonly count: number;
  readonly depth: number;
}

/** Turns a document into plain values, and finds what may not stand in it. */
export function treeOf(source: Source, document: Document.Parsed): Tree {
  const walk = new Walk(source);
  for (const warning of document.warnings) {
    const message = "has a tag that is not read: take it away, and put a text that begins with ! into quotes";
    walk.find(warning.pos, "CustomTag", message);
  }
  const { value } = walk.valueOf(document.contents, 0);
  return { value, findings: walk.findings };
}

class Walk {
  readonly findings: Finding[] = [];
  readonly #source: Source;
  readonly #anchors = new Map<string, Node>();
  /** Undefined while a node is being read: an alias to it would hold itself. */
  readonly #read = new Map<Node, Measured | undefined>();
  #count = 0;
  readonly #saidOnce = new Set<Finding["code"]>();

  constructor(source: Source) {
    this.#source = source;
  }

  find(range: readonly number[], code: Finding["code"], message: string): void {
    const [from = 0, to = from + 1] = range;
    this.findings.push({ source: this.#source, range: [from, to], code, message });
  }

  valueOf(node: unknown, depth: number): Measured {
    if (isAlias(node)) return this.#aliased(node.source, node.range ?? [0, 1], depth);
    if (!isScalar(node) && !isMap(node) && !isSeq(node)) return leaf(null);
    if (depth > NESTING_MAX)
      return this.#excess(node, "TooDeep", `is nested deeper than ${NESTING_MAX} levels`);
    this.#count += 1;
    if (this.#count > VALUES_MAX) return this.#excess(node, "TooManyValues", TOO_MANY);
    if (node.anchor !== undefined) {
      this.#anchors.set(node.anchor, node);
      this.#read.set(node, undefined);
    }
    const measured = isScalar(node)
      ? leaf(node.value)
      : isSeq(node)
        ? collected(
            node.items.map((item) => this.valueOf(item, depth + 1)),
            (values) => values,
          )
        : this.#mapping(node.items, depth);
    if (node.anchor !== undefined) this.#read.set(node, measured);
    return measured;
  }

  #mapping(pairs: readonly Pair[], depth: number): Measured {
    const names: string[] = [];
    const seen = new Set<string>();
    const values: Measured[] = [];
    for (const { key, value } of pairs) {
      const name = this.#nameOf(key, seen);
      // What stands below is read in any case: it may hold an anchor.
      const read = this.valueOf(value, depth + 1);
      if (name === undefined) continue;
      seen.add(name);
      names.push(name);
      values.push(read);
    }
    return collected(values, (all) => Object.fromEntries(all.map((value, at) => [names[at], value])));
  }

  #nameOf(key: unknown, seen: ReadonlySet<string>): string | undefined {
    const range = (key as Node | null)?.range ?? [0, 1];
    if (!isScalar(key)) {
      this.find(range, "NameNotText", "is a key that is no text");
      return undefined;
    }
    const { value, source, type } = key;
    if (value === "<<" && type === "PLAIN") {
      this.find(
        range,
        "MergeKey",
        "is not read: YAML 1.2 has no merge keys; write the keys out, or share single values by aliases",
      );
    } else if (typeof value !== "string") {
      this.find(range, "NameNotText", notText(key, source ?? ""));
    } else if (value === "__proto__") this.find(range, "InvalidName", "is a reserved name");
    else if (seen.has(value)) {
      this.find(range, "DuplicateKey", `stands here a second time: ${shown(value)} may be a key once`);
    } else return value;
    return undefined;
  }

  #aliased(name: string, range: readonly number[], depth: number): Measured {
    const node = this.#anchors.get(name);
    if (node === undefined) {
      this.find(
        range,
        "UnknownAlias",
        `is an alias without an anchor &${name} before it; put a text that begins with * into quotes`,
      );
      return leaf(null);
    }
    const measured = this.#read.get(node);
    if (measured === undefined || depth + measured.depth > NESTING_MAX) {
      const why =
        measured === undefined
          ? "leads to a value that holds it"
          : `leads to what is then nested deeper than ${NESTING_MAX} levels`;
      this.find(range, "TooDeep", why);
      return leaf(null);
    }
    this.#count += measured.count;
    if (this.#count <= VALUES_MAX) return measured;
    this.#count = VALUES_MAX;
    this.find(range, "TooManyValues", TOO_MANY);
    return leaf(null);
  }

  /** Said once; what is beyond counts as nothing. */
  #excess(node: Node, code: Finding["code"], message: string): Measured {
    if (!this.#saidOnce.has(code)) this.find(node.range ?? [0, 1], code, message);
    this.#saidOnce.add(code);
    return leaf(null);
  }
}

const TOO_MANY = `makes more than ${VALUES_MAX} values of this file: divide it, or use fewer aliases`;

function leaf(value: unknown): Measured {
  return { value, count: 1, depth: 0 };
}

function collected(members: readonly Measured[], make: (values: unknown[]) => unknown): Measured {
  let [count, depth] = [1, 0];
  for (const member of members) {
    count += member.count;
    depth = Math.max(depth, member.depth);
  }
  return { value: make(members.map((member) => member.value)), count, depth: depth + 1 };
}

function notText({ value }: Scalar, source: string): string {
  if (value === null) return "is an empty key: put a name into quotes";
  const written = source === "" ? String(value) : source;
  return `is read as ${typeof value === "number" ? "the number " : ""}${String(value)}, and a name must be a text: write "${written}" in quotes`;
}

/** Where a value and its key stand. */
export interface Located {
  readonly value: Range;
  readonly key: Range;
  /** Whether all of the path is there; else the places are those of the last part that is. */
  readonly isWhole: boolean;
  /** Name of the anchor where an alias stands at the value's place. */
  readonly alias?: string;
}

/** The place of what a path leads to. A value that an alias brings stands where the alias is. */
export function locate(document: Document.Parsed, path: readonly (string | number)[]): Located {
  let node: unknown = document.contents;
  let located: Located = { value: rangeOf(node), key: rangeOf(node), isWhole: true };
  for (const part of path) {
    const next = memberOf(node, part);
    if (next === undefined) return { ...located, isWhole: isAlias(node) };
    node = next.value;
    const value = node === null || node === undefined ? rangeOf(next.key) : rangeOf(node);
    located = {
      value,
      key: next.key === undefined ? value : rangeOf(next.key),
      isWhole: true,
      ...(isAlias(node) && { alias: node.source }),
    };
  }
  return located;
}

function memberOf(node: unknown, part: string | number): { key: unknown; value: unknown } | undefined {
  if (isSeq(node)) {
    const value = typeof part === "number" ? node.items[part] : undefined;
    return value === undefined ? undefined : { key: undefined, value };
  }
  return isMap(node) ? pairsOf(node).get(part) : undefined;
}

/** Pairs by key; a file may have thousands, and each is asked for. */
const pairs = new WeakMap<YAMLMap, ReadonlyMap<unknown, Pair>>();

function pairsOf(node: YAMLMap): ReadonlyMap<unknown, Pair> {
  const known = pairs.get(node);
  if (known !== undefined) return known;
  const made = new Map<unknown, Pair>();
  for (const pair of node.items) {
    // The first of a key counts, as in the values.
    if (isScalar(pair.key) && !made.has(pair.key.value)) made.set(pair.key.value, pair);
  }
  pairs.set(node, made);
  return made;
}

function rangeOf(node: unknown): Range {
  const [from, to] = (node as Node | null | undefined)?.range ?? [0, 1];
  return [from, to];
}
