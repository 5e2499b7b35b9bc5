import type { MapName } from "./maps.ts";

/** A secret that is taken from elsewhere when the resources are made. */
export class SecretReference {
  /** Where it comes from: a key of the stack's configuration, or a variable of the environment. */
  readonly from: "config" | "env";
  readonly name: string;

  constructor(from: "config" | "env", name: string) {
    this.from = from;
    this.name = name;
  }
}

/** Another definition, which a string stood for. */
export class DefinitionReference {
  readonly map: MapName;
  readonly name: string;

  constructor(map: MapName, name: string) {
    this.map = map;
    this.name = name;
  }
}

/** Stands where something was refused that nothing more is to be said about. */
export class Refused {}

/** The same tree with every marker replaced. */
export function replaceMarkers(
  value: unknown,
  replace: (marker: SecretReference | DefinitionReference | Refused) => unknown,
): unknown {
  if (value instanceof SecretReference || value instanceof DefinitionReference || value instanceof Refused) {
    return replace(value);
  }
  if (Array.isArray(value)) return value.map((one) => replaceMarkers(one, replace));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replaceMarkers(one, replace)]));
}
