import { listed } from "../../contract/limits/message.ts";
import type { SecretReference } from "./markers.ts";
import type { SecretSources } from "./result.ts";

/** Where nobody says otherwise. */
export const SOURCES_DEFAULT = { env: ["CHANGE_TRACKING_SECRET_*"], config: ["*"] } as const;

/** Why no definition may take this secret; undefined where one may. */
export function forbiddenText(
  { from, name }: SecretReference,
  sources: SecretSources = {},
): string | undefined {
  const patterns = sources[from] ?? SOURCES_DEFAULT[from];
  if (patterns.some((pattern) => matches(name, pattern))) return undefined;
  const what = from === "env" ? `the variable ${name}` : `the key ${name} of the stack's configuration`;
  const things = from === "env" ? "variables" : "keys";
  const allowed =
    patterns.length === 0
      ? `definitions may take no ${things} at all`
      : `definitions may take ${things} that match ${listed(patterns)}`;
  return `must not take ${what}: ${allowed}. Use such a one, or allow it: loadDefinitions, secrets.${from}, and check --secrets-${from}`;
}

function matches(name: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^:]*")}$`, "u").test(name);
}
