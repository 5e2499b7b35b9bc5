import type { Pair } from "../wire/query.ts";
import { isLabelled, isSecretName, labelsSecret, mentionsSecret } from "./names.ts";

/** What stands in place of a secret, in everything that either side prints. */
export const HIDDEN = "***";

const DEPTH_MAX = 12;
/** Longer JSON texts are not taken apart: they are hidden whole when they mention a secret. */
const JSON_CHARS_MAX = 16_384;
/** Longer texts of any kind too: looking for names in megabytes would hold up everybody else. */
const TEXT_CHARS_MAX = 262_144;
/** Of `scheme://user:password@`, and no more of what stands behind the slashes is looked at. */
const USER_INFO_CHARS_MAX = 700;
const SCHEME = /[a-z][a-z0-9+.-]{0,20}$/i;
/** `name=` in addresses, forms and connection texts, plain or percent-encoded once or twice. */
const EQUALS = /=|%3D|%253D/gi;
const NAME_CHARS_MAX = 64;
/** What is assigned: in quotes, or up to the next name. A semicolon may belong to a password, so it does not end one. */
const VALUE = /"(?:[^"\\]|\\.){1,4000}"?|'(?:[^'\\]|\\.){1,4000}'?|(?:(?!%26|%2526)[^&\s"'#]){1,4000}/iy;
/** `"name": "value"` in a text that is no JSON as a whole. */
const MEMBER = /("([\w.-]{1,64})"\s{0,20}:\s{0,20})"((?:[^"\\]|\\.){1,4000})"?/g;
const BEARER = /\b(Bearer|Basic)\s+([A-Za-z0-9+/=._~-]{8,4000})/g;

type Replace = (secret: string) => string;

/**
 * The same value with every secret replaced: what stands under a secret name, beside a label that says so, inside
 * JSON texts, and in addresses.
 */
export function withoutSecrets(value: unknown): unknown {
  return replaced(value, () => HIDDEN, 0);
}

/** The same for a text alone: JSON, an address, a connection text, or words around them. */
export function textWithoutSecrets(text: string): string {
  return replacedInText(text, () => HIDDEN, 0);
}

/** The same for flattened parameters, in their order. */
export function pairsWithoutSecrets(pairs: readonly Pair[]): Pair[] {
  const labelled = new Set(
    pairs.flatMap(([name, value]) => (labelsSecret(lastPart(name), value) ? [parentOf(name)] : [])),
  );
  return pairs.map(([name, value]) => {
    if (value === "") return [name, value];
    const byLabel = labelled.has(parentOf(name)) && isLabelled(lastPart(name));
    return [name, byLabel || isSecretName(name) ? HIDDEN : textWithoutSecrets(value)];
  });
}

/** Calls `replace` with every secret found and puts its result in place. */
export function replaced(value: unknown, replace: Replace, depth: number): unknown {
  if (typeof value === "string") return replacedInText(value, replace, depth);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX) return "...";
  if (Array.isArray(value)) return value.map((one) => replaced(one, replace, depth + 1));
  const members = Object.entries(value);
  const isLabelledHere = members.some(([name, one]) => labelsSecret(name, one));
  return Object.fromEntries(
    members.map(([name, one]) => [
      name,
      isSecretName(name) || (isLabelledHere && isLabelled(name))
        ? replacedWhole(one, replace)
        : replaced(one, replace, depth + 1),
    ]),
  );
}

/** Everything below a secret name goes, structure included; absent stays absent. */
function replacedWhole(value: unknown, replace: Replace): unknown {
  if (value === undefined || value === null || value === "") return value;
  return replace(typeof value === "string" ? value : JSON.stringify(value));
}

function replacedInText(text: string, replace: Replace, depth: number): string {
  if (text.length > TEXT_CHARS_MAX)
    return mentionsSecret(text) || text.includes("://") ? replace(text) : text;
  const start = /^\s*(\{|\[|%7B|%5B)/i.exec(text)?.[1];
  if (start === "{" || start === "[") return replacedInJson(text, replace, depth);
  if (start !== undefined) {
    const decoded = decodedOnce(text);
    const changed = decoded === text ? text : replacedInText(decoded, replace, depth + 1);
    return changed === decoded ? text : changed;
  }
  return replacedInWords(text, replace);
}

function replacedInJson(text: string, replace: Replace, depth: number): string {
  if (text.length > JSON_CHARS_MAX || depth > DEPTH_MAX) return mentionsSecret(text) ? replace(text) : text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return mentionsSecret(text) ? replace(text) : replacedInWords(text, replace);
  }
  // Written anew only when something was hidden: otherwise it stays as it was sent.
  let changed = false;
  const after = replaced(
    parsed,
    (secret) => {
      const shown = replace(secret);
      changed ||= shown !== secret;
      return shown;
    },
    depth + 1,
  );
  return changed ? JSON.stringify(after) : text;
}

function replacedInWords(text: string, replace: Replace): string {
  return replacedAssignments(replacedUserInfo(text, replace), replace)
    .replace(MEMBER, (whole, head: string, name: string, value: string) =>
      isSecretName(name) ? `${head}"${replace(value)}"` : whole,
    )
    .replace(BEARER, (_, kind: string, value: string) => `${kind} ${replace(value)}`);
}

/** Up to the last `@`: people write passwords as they are, with slashes and all. */
function replacedUserInfo(text: string, replace: Replace): string {
  let [result, done] = ["", 0];
  for (let at = text.indexOf("://"); at >= 0; at = text.indexOf("://", at + 3)) {
    const from = at + 3;
    if (from < done || !SCHEME.test(text.slice(Math.max(0, at - 21), at))) continue;
    const word = /^[^\s"']*/.exec(text.slice(from, from + USER_INFO_CHARS_MAX))?.[0] ?? "";
    const info = word.slice(0, Math.max(0, word.lastIndexOf("@")));
    const colon = /^[^/?#@:]*:(?=.)/.exec(info)?.[0].length;
    if (colon === undefined) continue;
    result += `${text.slice(done, from + colon)}${replace(info.slice(colon))}`;
    done = from + info.length;
  }
  return result + text.slice(done);
}

/** Only the name of an open value is passed over: the value may hold a further assignment (`url=...?token=...`). */
function replacedAssignments(text: string, replace: Replace): string {
  let [result, done] = ["", 0];
  for (const match of text.matchAll(EQUALS)) {
    const from = match.index + match[0].length;
    if (from <= done || !isAssignedSecret(text, nameStart(text, match.index), match.index)) continue;
    VALUE.lastIndex = from;
    const value = VALUE.exec(text)?.[0];
    if (value === undefined) continue;
    const quote = /^["']/.exec(value)?.[0] ?? "";
    const bare = quote === "" ? value : value.slice(1).replace(/["']$/, "");
    result += `${text.slice(done, from)}${quote}${replace(bare)}${quote}`;
    done = from + value.length;
  }
  return result + text.slice(done);
}

/** Where the name begins that ends here. */
function nameStart(text: string, end: number): number {
  let start = end;
  while (start > 0 && end - start < NAME_CHARS_MAX && /[\w.-]/.test(text.charAt(start - 1))) start -= 1;
  return start;
}

/** In the query of an address a mere `key` is one, as those of webhooks are. */
function isAssignedSecret(text: string, start: number, end: number): boolean {
  const name = text.slice(start, end);
  return isSecretName(name) || (name.toLowerCase() === "key" && /[?&]$/.test(text.charAt(start - 1)));
}

function decodedOnce(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

function parentOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf(".")));
}
