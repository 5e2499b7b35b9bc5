import { percentEncode } from "../signature/encode.ts";
import { HIDDEN, replaced } from "./hide.ts";

/** Shorter ones would take letters out of every word; no published password is that short. */
const CHARS_MIN = 3;

/** The secrets that parameters hold, at any depth and inside JSON texts, longest first. */
export function secretsIn(parameters: unknown): string[] {
  const found = new Set<string>();
  replaced(
    parameters,
    (secret) => {
      for (const leaf of leavesOf(secret)) found.add(leaf);
      return secret;
    },
    0,
  );
  return [...found].filter((secret) => secret.length >= CHARS_MIN).sort((a, b) => b.length - a.length);
}

/** Takes these secrets out of a text in every form in which it may hold them: plain, in JSON, percent-encoded. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  // No form is shorter than the secret itself, and encoding megabytes takes its time.
  return scrubber(secrets.filter((secret) => secret.length <= text.length))(text);
}

/** Of a form, by which those are found that may stand at a place. */
const BEGIN_CHARS = 8;

/**
 * The same for many texts: a large plan has thousands of secrets and of texts, and a place is compared with one form of each
 * length. What several secrets cover together is hidden as one.
 */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const byBegin = new Map<string, Map<number, Set<string>>>();
  for (const form of secrets.flatMap(formsOf)) {
    const begin = form.slice(0, BEGIN_CHARS);
    const byLength = byBegin.get(begin) ?? new Map<number, Set<string>>();
    byBegin.set(begin, byLength);
    byLength.set(form.length, (byLength.get(form.length) ?? new Set()).add(form));
  }
  const lengths = [...new Set([...byBegin.keys()].map((begin) => begin.length))];
  const endAt = (text: string, at: number) => {
    let end = at;
    for (const chars of lengths) {
      for (const [length, forms] of byBegin.get(text.slice(at, at + chars)) ?? [])
        if (at + length > end && forms.has(text.slice(at, at + length))) end = at + length;
    }
    return end;
  };
  return (text) => {
    let [result, done] = ["", 0];
    for (let at = 0; at < text.length && lengths.length > 0; at += 1) {
      const end = endAt(text, at);
      if (end > at && at >= done) result += text.slice(done, at) + HIDDEN;
      done = Math.max(done, end > at ? end : done);
    }
    return result + text.slice(done);
  };
}

function formsOf(secret: string): string[] {
  const encoded = percentEncode(secret);
  const inJson = JSON.stringify(secret).slice(1, -1);
  return [secret, inJson, encoded, percentEncode(encoded), encodeURIComponent(secret.toWellFormed())];
}

/** A refusal without what it says was given. */
export function withoutValue(message: string): string {
  return message.replace(/,? got .*$/s, "");
}

/** A secret that was a structure is found again by its texts. */
function leavesOf(secret: string): string[] {
  if (!/^\s*[[{]/.test(secret)) return [secret];
  try {
    return [secret, ...texts(JSON.parse(secret), 0)];
  } catch {
    return [secret];
  }
}

function texts(value: unknown, depth: number): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null || depth > 8) return [];
  return Object.values(value).flatMap((one) => texts(one, depth + 1));
}
