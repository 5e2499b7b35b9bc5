import { LineCounter } from "yaml";
import { HIDDEN, isSecretName, textWithoutSecrets } from "../../contract/secrets/index.ts";
import type { Excerpt } from "./problem.ts";

/** Longer lines are cut around the place that is meant. */
const EXCERPT_CHARS_MAX = 120;
/** Lines beyond are not shown at all: each mistake on one would have all of it looked through for secrets. */
const LINE_CHARS_MAX = 10_000;

/** Offsets in a text: from, and to, exclusive. */
export type Range = readonly [number, number];

/** A file's text, with where its lines begin and what of it must not be shown. */
export class Source {
  readonly label: string;
  readonly text: string;
  readonly #lines = new LineCounter();
  readonly #hidden: Range[] = [];
  /** The same in order, each place once; undefined where something was added since. */
  #merged: readonly Range[] | undefined;
  #underSecret: ReadonlySet<number> | undefined;

  constructor(label: string, text: string) {
    this.label = label;
    this.text = text;
    this.#lines.addNewLine(0);
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1))
      this.#lines.addNewLine(at + 1);
  }

  /** Marks a range that no excerpt shows. */
  hide(range: Range): void {
    if (range[0] >= range[1]) return;
    this.#hidden.push(range);
    this.#merged = undefined;
  }

  /** Line and columns of a range, from 1; one that goes over several lines ends with its first. */
  placeOf([start, end]: Range): { line: number; column: number; endColumn: number } {
    const { line, col } = this.#lines.linePos(Math.min(start, this.text.length));
    const length = Math.min(end - start, this.#lineText(line).length - (col - 1));
    return { line, column: col, endColumn: col + Math.max(1, length) };
  }

  /** The line of a range as it may be shown. */
  excerptOf(range: Range): Excerpt | undefined {
    const { line, column, endColumn } = this.placeOf(range);
    const raw = this.#lineText(line);
    if (raw.length > LINE_CHARS_MAX || raw.trim() === "") return undefined;
    const begins = this.#lines.lineStarts[line - 1] ?? 0;
    if (this.#isUnderSecret(line)) return { text: HIDDEN, start: 0, length: HIDDEN.length };
    const shown = this.#masked(raw, begins, [column - 1, endColumn - 1]);
    return cut(shown);
  }

  #lineText(line: number): string {
    const starts = this.#lines.lineStarts;
    const [from, next] = [starts[line - 1] ?? 0, starts[line]];
    if (next === undefined) return this.text.slice(from);
    return this.text.slice(from, this.text[next - 2] === "\r" ? next - 2 : next - 1);
  }

  /** What of a range of the text is hidden. */
  #hiddenIn([begins, ends]: Range): Range[] {
    this.#merged ??= merged(this.#hidden);
    let [low, high] = [0, this.#merged.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#merged[middle]?.[1] ?? 0) <= begins) low = middle + 1;
      else high = middle;
    }
    const found: Range[] = [];
    for (let at = low; (this.#merged[at]?.[0] ?? ends) < ends; at += 1) found.push(this.#merged[at] as Range);
    return found;
  }

  /** Replaces what is hidden, and what a name on the line says is secret; keeps the place that is meant in step. */
  #masked(raw: string, begins: number, [start, end]: Range): Excerpt {
    const ranges = [
      ...this.#hiddenIn([begins, begins + raw.length]).map(
        ([from, to]): Range => [from - begins, to - begins],
      ),
      ...secretsOn(raw),
    ];
    const hidden = merged(ranges.filter(([from, to]) => to > 0 && from < raw.length));
    let [text, at, newStart, newEnd] = ["", 0, start, end];
    for (const [from, to] of hidden) {
      const [left, right] = [Math.max(from, 0), Math.min(to, raw.length)];
      text += raw.slice(at, left) + HIDDEN;
      const moved = HIDDEN.length - (right - left);
      if (start >= right) newStart += moved;
      else if (start > left) newStart = text.length - HIDDEN.length;
      if (end >= right) newEnd += moved;
      else if (end > left) newEnd = text.length;
      at = right;
    }
    text += raw.slice(at);
    const safe = textWithoutSecrets(text);
    // Something that only the text itself tells, a password in an address: where it stands is not worth the risk.
    if (safe !== text) return { text: safe, start: 0, length: Math.max(1, safe.length) };
    return { text, start: newStart, length: Math.max(1, newEnd - newStart) };
  }

  /** Whether a line above, with less indentation, has a secret's name: then this one may be a part of its value. */
  #isUnderSecret(line: number): boolean {
    this.#underSecret ??= linesUnderSecrets(this.text.split("\n"));
    return this.#underSecret.has(line);
  }
}

/** Numbers of the lines, from 1, that stand below a secret's name. */
function linesUnderSecrets(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  const above: { readonly indent: number; readonly isSecret: boolean }[] = [];
  let quote: string | undefined;
  for (const [at, line] of lines.entries()) {
    if (quote !== undefined) {
      // Inside of brackets such a value may go on without any indentation.
      found.add(at + 1);
      if (line.includes(quote)) quote = undefined;
    } else quote = quoteOpenedOn(line);
    if (line.trim() === "") continue;
    const indent = indentOf(line);
    while ((above.at(-1)?.indent ?? -1) >= indent) above.pop();
    const isBelow = above.at(-1)?.isSecret === true;
    if (isBelow) found.add(at + 1);
    const [, name] = /^[\s-]*["']?([\w.-]+)["']?\s*:/.exec(line) ?? [];
    above.push({ indent, isSecret: isBelow || (name !== undefined && isSecretName(name)) });
  }
  return found;
}

/** The quote that a secret's value begins with and that the line does not close. */
function quoteOpenedOn(line: string): string | undefined {
  for (const [from] of secretsOn(line)) {
    const quote = line.charAt(from);
    if (/["']/.test(quote) && !line.includes(quote, from + 1)) return quote;
  }
  return undefined;
}

/** A value that is taken from elsewhere may be shown: it is a name. */
const SECRET_FORM = /^\s*\{?\s*["']?(config|env)["']?\s*:/;

/** From behind `password:` to the line's end: in a file that cannot be parsed nobody knows where the value ends. */
function* secretsOn(line: string): Generator<Range> {
  // A name is begun once only: a long line without any colon takes no longer than it is. Behind a quote, as in JSON, no
  // blank has to follow.
  for (const match of line.matchAll(/(?<![\w.-])([\w.-]+)(?:["']\s*:|\s*:(?=\s|$))\s*/g)) {
    const from = match.index + match[0].length;
    if (!isSecretName(match[1] ?? "") || SECRET_FORM.test(line.slice(from))) continue;
    if (from < line.length) yield [from, line.length];
  }
}

function merged(ranges: readonly Range[]): Range[] {
  const result: [number, number][] = [];
  for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function cut({ text, start, length }: Excerpt): Excerpt {
  if (text.length <= EXCERPT_CHARS_MAX) return { text, start, length };
  const from = Math.max(0, Math.min(start - 40, text.length - EXCERPT_CHARS_MAX));
  const [head, tail] = [from > 0 ? "…" : "", from + EXCERPT_CHARS_MAX < text.length ? "…" : ""];
  const shown = `${head}${text.slice(from, from + EXCERPT_CHARS_MAX).toWellFormed()}${tail}`;
  const at = start - from + head.length;
  return { text: shown, start: at, length: Math.max(1, Math.min(length, shown.length - at)) };
}
