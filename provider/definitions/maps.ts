/** The maps of a file, in the order in which what they define is made. */
export const MAPS = ["instances", "groups", "tasks", "alerts"] as const;
export type MapName = (typeof MAPS)[number];

/** All keys of a file, in order. */
export const KEYS: readonly string[] = ["owner", ...MAPS];

/** What one definition of each map is called in a message. */
export const NOUNS: Readonly<Record<MapName, string>> = {
  instances: "instance",
  groups: "group",
  tasks: "task",
  alerts: "alert",
};

export function articled(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? "an" : "a"} ${noun}`;
}

export type Mapping = Readonly<Record<string, unknown>>;

export function isMapping(value: unknown): value is Mapping {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}
