import type { Pair } from "../wire/query.ts";
import { isLabelled, isSecretName, labelsSecret, mentionsSecret } from "./names.ts";

/** What stands in place of a secret, in everything that either side prints. */
export const HIDDEN = "***";

const DEPTH_MAX = 12;
/** Longer JSON texts are not taken apart: they are hidden whole when they mention a secret. */
const JSON_CHARS_MAX = 16_384;
/** `scheme://user:password@`; the bounds keep the search linear. */
const USER_INFO = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)([^\s/?#@"']{1,500})@/gi;
/** `name=value` in addresses, forms and connection texts, plain or percent-encoded once or twice. */
const ASSIGNMENT = /([\w.-]{1,64})(=|%3D|%253D)((?:(?!%26|%2526)[^&\s"'#]){1,4000})/gi;
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
  return text
    .replace(USER_INFO, (whole, scheme: string, info: string) => {
      const colon = info.indexOf(":");
      return colon < 0 ? whole : `${scheme}${info.slice(0, colon)}:${replace(info.slice(colon + 1))}@`;
    })
    .replace(ASSIGNMENT, (whole, name: string, equals: string, value: string) =>
      isSecretName(name) ? `${name}${equals}${replace(value)}` : whole,
    )
    .replace(BEARER, (_, kind: string, value: string) => `${kind} ${replace(value)}`);
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
