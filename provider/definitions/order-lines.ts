import { isMap, isScalar, LineCounter, type Node, type Pair, type YAMLMap } from "yaml";

/** How the keys of a mapping follow each other, and what is in it. */
export interface Order {
  compare(a: string, b: string): number;
  /** Of what stands below a key; undefined for what is left as it is. */
  below(key: string): Order | undefined;
}

/** Tells editors which schema a file has; it stays where it is. */
const MODELINE = /^\s*#\s*yaml-language-server:/;
const BLANK = /^\s*$/;
const COMMENT = /^(\s*)#/;

/** A pair with the comments above it and all that stands below it. */
interface Chunk {
  readonly name: string;
  readonly hasBlankBefore: boolean;
  readonly comments: readonly string[];
  readonly lines: readonly string[];
}

/** The text with the lines of a block mapping, which is the whole document, in order. */
export function orderedBlock(text: string, map: YAMLMap, order: Order): string {
  const lines = text.split("\n");
  const last = lines.pop() as string;
  const whole = new Lines(text, last === "" ? lines : [...lines, last]);
  return `${whole.ordered(map, order, 0, whole.lines.length).join("\n")}\n`;
}

class Lines {
  readonly lines: readonly string[];
  readonly #text: string;
  readonly #counter = new LineCounter();
  readonly #blank: string;

  constructor(text: string, lines: readonly string[]) {
    this.#text = text;
    this.lines = lines;
    this.#blank = lines[0]?.endsWith("\r") ? "\r" : "";
    let begins = 0;
    for (const line of lines) {
      this.#counter.addNewLine(begins);
      begins += line.length + 1;
    }
  }

  /** Lines `from` to `to` (exclusive), which hold the mapping and nothing else but comments. */
  ordered(map: YAMLMap, order: Order, from: number, to: number): string[] {
    const starts = map.items.map((pair) => this.#lineOf(pair));
    // `{`, `?` or a second pair on a line: nothing that lines can be moved of.
    const isPlain = starts.every((line, at) => line > (at === 0 ? from - 1 : (starts[at - 1] ?? 0)));
    if (!isPlain || starts.length === 0) return this.lines.slice(from, to);
    const above = starts.map((line, at) =>
      at === 0 ? this.#firstComments(from, line) : this.#comments((starts[at - 1] ?? 0) + 1, line, line),
    );
    const last = starts.at(-1) ?? from;
    const tail = this.#comments(last + 1, to, last);
    const ends = [...above.slice(1), tail];
    const chunks = map.items.map((pair, at) => {
      const [begin, line, end] = [above[at] ?? 0, starts[at] ?? 0, ends[at] ?? to];
      return this.#chunk(pair, order, { begin, line, end, isFirst: at === 0 });
    });
    const isSpaced = chunks.some(({ hasBlankBefore }, at) => at > 0 && hasBlankBefore);
    const sorted = chunks
      .map((chunk, at) => ({ chunk, at }))
      .sort((a, b) => order.compare(a.chunk.name, b.chunk.name) || a.at - b.at)
      .flatMap(({ chunk }, at) => [
        ...(at > 0 && isSpaced ? [this.#blank] : []),
        ...chunk.comments,
        ...chunk.lines,
      ]);
    return [...this.lines.slice(from, above[0]), ...sorted, ...this.lines.slice(tail, to)];
  }

  #chunk(
    pair: Pair,
    order: Order,
    { begin, line, end, isFirst }: { begin: number; line: number; end: number; isFirst: boolean },
  ): Chunk {
    const head = this.lines.slice(begin, line);
    const firstComment = head.findIndex((one) => !BLANK.test(one));
    const below = order.below(nameOf(pair));
    const own = this.lines.slice(line, end);
    const body =
      below !== undefined && isBlock(pair.value) && pair.value.items.length > 0
        ? [...own.slice(0, 1), ...this.ordered(pair.value, below, line + 1, end)]
        : own.length === 1 && below !== undefined && isMap(pair.value)
          ? [this.#flowLine(line, pair.value, below)]
          : own;
    return {
      name: nameOf(pair),
      hasBlankBefore: !isFirst && (firstComment > 0 || (firstComment < 0 && head.length > 0)),
      comments: firstComment < 0 ? [] : head.slice(firstComment),
      lines: body,
    };
  }

  /**
   * Where the comments above line `to`, or at the end, begin: those that are not indented more than the key on line `key`,
   * and blank lines. Not before line `from`.
   */
  #comments(from: number, to: number, key: number): number {
    const indent = indentOf(this.lines[key]);
    let at = to;
    while (at > from && isAbove(this.lines[at - 1], indent)) at -= 1;
    return at;
  }

  /** Of the first key only the comment right above it: what stands apart, or with the modeline, is about the whole. */
  #firstComments(from: number, line: number): number {
    let at = line;
    while (at > from && COMMENT.test(this.lines[at - 1] ?? "")) at -= 1;
    return this.lines.slice(at, line).some((one) => MODELINE.test(one)) ? line : at;
  }

  /** A line that ends in a mapping in braces, with its keys in order. */
  #flowLine(line: number, map: YAMLMap, order: Order): string {
    const text = this.lines[line] as string;
    const begins = this.#startOf(line);
    const [from = 0, to = 0] = map.range ?? [];
    if (from - begins < 0 || to - begins > text.length) return text;
    return text.slice(0, from - begins) + this.#flow(map, order) + text.slice(to - begins);
  }

  #flow(map: YAMLMap, order: Order): string {
    const pairs = map.items.map((pair, at) => ({
      name: nameOf(pair),
      text: this.#flowPair(pair, order),
      at,
    }));
    pairs.sort((a, b) => order.compare(a.name, b.name) || a.at - b.at);
    return pairs.length === 0 ? "{}" : `{ ${pairs.map(({ text }) => text).join(", ")} }`;
  }

  #flowPair(pair: Pair, order: Order): string {
    const key = pair.key as Node;
    const value = pair.value as Node | null;
    const [from = 0, keyEnd = 0] = key.range ?? [];
    const below = order.below(nameOf(pair));
    if (value === null) return this.#text.slice(from, keyEnd);
    const [valueFrom = 0, valueEnd = 0] = value.range ?? [];
    const head = this.#text.slice(from, valueFrom);
    if (below !== undefined && isMap(value)) return head + this.#flow(value, below);
    return head + this.#text.slice(valueFrom, valueEnd);
  }

  /** Line of a key, from 0; -1 where something stands before it on its line. */
  #lineOf({ key }: Pair): number {
    const [at = 0] = (key as Node).range ?? [];
    const { line, col } = this.#counter.linePos(at);
    return BLANK.test(this.#text.slice(at - (col - 1), at)) ? line - 1 : -1;
  }

  #startOf(line: number): number {
    return this.#counter.lineStarts[line] ?? 0;
  }
}

/** Name of a pair's key; what is no text has none. */
function nameOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : "";
}

/** Whether a value is a mapping on lines of its own. */
function isBlock(value: unknown): value is YAMLMap {
  return isMap(value) && value.flow !== true;
}

function indentOf(line: string | undefined): number {
  return /^\s*/.exec(line ?? "")?.[0].length ?? 0;
}

function isAbove(line: string | undefined, indent: number): boolean {
  if (line === undefined || BLANK.test(line)) return true;
  const comment = COMMENT.exec(line);
  return comment !== null && (comment[1] ?? "").length <= indent;
}
