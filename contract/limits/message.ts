import { textWithoutSecrets } from "../secrets/index.ts";

/** Longest piece of a value that a message repeats. */
const SHOWN_CHARS_MAX = 80;

/** Characters as people count them on the page: Unicode code points, so an emoji outside the basic plane is 1. */
export function codePointCount(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** User and password in a URL: never shown, whichever field they were put in by mistake. */
const USER_IN_URL = /:\/\/[^/\s]*@/g;

/** A value as messages show it. Never call it with a secret; one inside an address or a JSON text is hidden. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 1 ? "a list of 1" : `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return String(value);
  const safe = textWithoutSecrets(value.replace(USER_IN_URL, "://***@"));
  const chars = [...safe];
  const cut = chars.length > SHOWN_CHARS_MAX ? `${chars.slice(0, SHOWN_CHARS_MAX).join("")}…` : safe;
  return JSON.stringify(cut);
}

/** What kind of thing a value is; tells nothing about its content. */
export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** `a, b or c`. */
export function listed(words: readonly string[], joint: "or" | "and" = "or"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${joint} ${words.at(-1)}`;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Somebody else's text without its own full stop, to be put into a sentence. */
export function unended(text: string): string {
  return text.trim().replace(/[.。\s]+$/, "");
}

/** Compares names as people count: team2 before team10. */
export const byCounting = new Intl.Collator("en", { numeric: true }).compare;

/** Most names that a message lists. */
const NAMES_MAX = 10;

/**
 * Names as a message lists them: sorted as people count (team2 before team10) and cut after ten, `a, b, c and 12
 * more`. `joint` stands before the last one, where a sentence goes on behind them.
 */
export function namesListed(names: readonly string[], joint?: "or" | "and"): string {
  const sorted = [...names].sort(byCounting);
  const more = sorted.length - NAMES_MAX;
  if (more > 0) return `${sorted.slice(0, NAMES_MAX).join(", ")} and ${more} more`;
  return joint === undefined ? sorted.join(", ") : listed(sorted, joint);
}

/** A text that stands alone, with a capital; one that begins with an address keeps it as it is. */
export function sentence(text: string): string {
  return /^[a-z]+:\/\//.test(text) ? text : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/**
 * The one of `known` that was probably meant, or undefined: equal without case, or the closest of those that are one
 * or two slips off. A slip is a letter put in, left out or changed, or two neighbours swapped.
 */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  let limit = Math.min(2, Math.floor(word.length / 3));
  let best: string | undefined;
  for (const candidate of known) {
    const slips = slipsBetween(lower, candidate.toLowerCase(), limit);
    if (slips === 0) return candidate;
    if (slips === undefined || (best !== undefined && slips >= limit)) continue;
    best = candidate;
    limit = slips;
  }
  return best;
}

/** How many slips turn one word into the other; undefined where more than `limit`. */
function slipsBetween(a: string, b: string, limit: number): number | undefined {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit || a.length > SHOWN_CHARS_MAX) return undefined;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : change;
      row.push(Math.min(change, swap, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    beforeLast = last;
    last = row;
  }
  const slips = last[b.length] ?? 0;
  return slips <= limit ? slips : undefined;
}
