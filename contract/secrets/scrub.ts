import { percentEncode } from "../signature/encode.ts";
import { HIDDEN, replaced } from "./hide.ts";

const SECRETS_MAX = 200;
/** Shorter ones would take letters out of every word; no published password is that short. */
const CHARS_MIN = 3;

/** The secrets that parameters hold, at any depth and inside JSON texts, longest first. */
export function secretsIn(parameters: unknown): string[] {
  const found = new Set<string>();
  replaced(
    parameters,
    (secret) => {
      if (found.size < SECRETS_MAX) for (const leaf of leavesOf(secret)) found.add(leaf);
      return secret;
    },
    0,
  );
  return [...found].filter((secret) => secret.length >= CHARS_MIN).sort((a, b) => b.length - a.length);
}

/** Takes these secrets out of a text in every form in which it may hold them: plain, in JSON, percent-encoded. */
export function scrubbed(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    // No form is shorter than the secret itself, and encoding megabytes takes its time.
    if (secret.length > text.length) continue;
    const encoded = percentEncode(secret);
    const inJson = JSON.stringify(secret).slice(1, -1);
    const forms = [
      secret,
      inJson,
      encoded,
      percentEncode(encoded),
      encodeURIComponent(secret.toWellFormed()),
    ];
    for (const form of new Set(forms)) result = result.replaceAll(form, HIDDEN);
  }
  return result;
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
