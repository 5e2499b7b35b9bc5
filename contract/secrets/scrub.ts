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

/** Of a form, by which it is looked up: a large plan has thousands of secrets and of texts. */
const BEGIN_CHARS = 8;

/** The same for many texts. What several secrets cover together is hidden as one. */
export function scrubber(secrets: readonly string[]): (text: string) => string {
  const byBegin = new Map<string, string[]>();
  for (const form of new Set(secrets.flatMap(formsOf))) {
    const begin = form.slice(0, BEGIN_CHARS);
    const same = byBegin.get(begin);
    if (same === undefined) byBegin.set(begin, [form]);
    else same.push(form);
  }
  const lengths = [...new Set([...byBegin.keys()].map((begin) => begin.length))];
  const endAt = (text: string, at: number) => {
    let end = at;
    for (const length of lengths) {
      for (const form of byBegin.get(text.slice(at, at + length)) ?? [])
        if (at + form.length > end && text.startsWith(form, at)) end = at + form.length;
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
