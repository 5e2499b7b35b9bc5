import { isUnknown } from "../../schema/unknown.ts";
import type { KnownIdentity, Properties } from "../resource.ts";

const NOBODY: KnownIdentity = {
  self: undefined,
  logicalName: undefined,
  scope: undefined,
  declared: [],
  engine: undefined,
  region: undefined,
};

/** Parts the hidden inputs from those that people wrote. */
export function splitInputs(news: Properties | undefined): { identity: KnownIdentity; inputs: Properties } {
  const inputs = Object.fromEntries(Object.entries(news ?? {}).filter(([key]) => !key.startsWith("__")));
  return { identity: readIdentity(news?.__identity), inputs };
}

function readIdentity(hidden: unknown): KnownIdentity {
  if (typeof hidden !== "object" || hidden === null) return NOBODY;
  const fields = hidden as Properties;
  return {
    self: knownText(fields.self),
    logicalName: knownText(fields.logicalName),
    scope: knownText(fields.scope),
    declared: Array.isArray(fields.declared)
      ? fields.declared.filter((name) => knownText(name) !== undefined)
      : [],
    engine: knownText(fields.engine),
    region: knownText(fields.region),
    ...listOf(fields, "declaredBy", knownTexts),
    ...listOf(fields, "said", knownTexts),
    ...listOf(fields, "secrets", places),
  };
}

/** Left out when it is empty. */
function listOf<K extends string, T>(fields: Properties, key: K, read: (given: readonly unknown[]) => T[]) {
  const given = fields[key];
  const list = Array.isArray(given) ? read(given) : [];
  return (list.length === 0 ? {} : { [key]: list }) as Partial<Record<K, T[]>>;
}

function knownTexts(given: readonly unknown[]): string[] {
  return given.flatMap((one) => knownText(one) ?? []);
}

function places(given: readonly unknown[]): (string | number)[][] {
  return given.flatMap((place) =>
    Array.isArray(place) ? [place.filter((part) => ["string", "number"].includes(typeof part))] : [],
  );
}

function knownText(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}
