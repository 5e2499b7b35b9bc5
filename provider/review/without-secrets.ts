import { HIDDEN, scrubber, secretsIn } from "../../contract/secrets/index.ts";
import { MASKED, type Preview } from "./preview.ts";

/** What the CLI and this project write in place of a secret. */
const PLACEHOLDERS = [MASKED, HIDDEN];
const DEPTH_MAX = 24;
/** Members whose words are this project's own. */
const OWN_WORDS = ["op", "kind", "what", "is"];

/**
 * The same data without any secret that the preview holds in clear (`--show-secrets` does that), wherever a text
 * repeats it.
 */
export function withoutSecretsOf<T>(preview: Preview, data: T): T {
  const states = preview.steps.map(({ oldState, newState }) => [
    oldState?.inputs,
    oldState?.outputs,
    newState?.inputs,
    newState?.outputs,
  ]);
  const secrets = secretsIn(states).filter((secret) => !PLACEHOLDERS.includes(secret));
  return secrets.length === 0 ? data : (mapped(data, scrubber(secrets), 0) as T);
}

function mapped(value: unknown, change: (text: string) => string, depth: number): unknown {
  if (typeof value === "string") return change(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX) return HIDDEN;
  if (Array.isArray(value)) return value.map((one) => mapped(one, change, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      OWN_WORDS.includes(key) ? one : mapped(one, change, depth + 1),
    ]),
  );
}
