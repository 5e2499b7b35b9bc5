import { isSecretName, textWithoutSecrets, withoutSecrets } from "../../contract/secrets/index.ts";
import { isUnknown } from "../schema/unknown.ts";
import { MASKED } from "./preview.ts";

/** A value as a review shows it: a text, or what stands in its place. */
export type Shown =
  | { readonly text: string }
  | { readonly is: "secret" }
  | { readonly is: "known after apply" }
  | { readonly is: "absent" };

/** The member by which a state marks a value as secret, asset or the like. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";

const DEPTH_MAX = 12;

/** A value that stands under `name`, which may be a path. */
export function shownValue(name: string, value: unknown): Shown {
  if (value === undefined || value === null) return { is: "absent" };
  if (isUnknown(value)) return { is: "known after apply" };
  if (isSecret(value) || isSecretName(name)) return { is: "secret" };
  if (typeof value === "string") return { text: textWithoutSecrets(value) };
  if (typeof value !== "object") return { text: String(value) };
  return { text: JSON.stringify(withPlaceholders(withoutSecrets(value), 0)) };
}

/** Whether the JSON itself marks the value as secret; told before any name is looked at. */
export function isSecret(value: unknown): boolean {
  return value === MASKED || isMarked(value);
}

/** Whether it is something to go into, rather than to show whole. */
export function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isMarked(value);
}

function isMarked(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, SIGNATURE);
}

function withPlaceholders(value: unknown, depth: number): unknown {
  if (isUnknown(value)) return "[known after apply]";
  if (isMarked(value)) return MASKED;
  if (typeof value !== "object" || value === null) return value;
  if (depth > DEPTH_MAX) return "...";
  if (Array.isArray(value)) return value.map((one) => withPlaceholders(one, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withPlaceholders(one, depth + 1)]),
  );
}
