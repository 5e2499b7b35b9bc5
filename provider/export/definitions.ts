import type { MapName } from "../definitions/maps.ts";
import type { Properties } from "../runtime/resource.ts";
import type { Found, FoundAll } from "./found.ts";

/** A definition as it is written. */
export type Entry = Readonly<Record<string, unknown>>;

/** What one file holds. */
export type FileContent = Readonly<Partial<Record<MapName, Readonly<Record<string, Entry>>>>>;

/** Definitions by file, and the secrets that nobody but their owners knows. */
export interface Exported {
  /** By file name, without a folder. */
  readonly files: Readonly<Record<string, FileContent>>;
  /** Keys of the configuration that the definitions name, sorted. */
  readonly secrets: readonly string[];
}

const NAME_CHARS_MAX = 100;

/** Writes what was found as definitions: one file for each instance with its groups, one for tasks, one for alert rules. */
export function definitionsOf(found: FoundAll): Exported {
  const names = { instances: new Names(), groups: new Names(), tasks: new Names(), alerts: new Names() };
  const secrets = new Set<string>();
  const secret = (name: string, suffix: string) => {
    const key = `${name}${suffix}`;
    secrets.add(key);
    return { config: key };
  };
  const files: Record<string, FileContent> = {};
  for (const instance of found.instances) {
    const name = names.instances.give(instance);
    const groups = instance.groups.map((group): [string, Entry] => {
      const own = names.groups.give(group);
      const inputs = { ...group.inputs, instance: name, password: secret(own, "Password") };
      return [own, entryOf(own, inputs)];
    });
    const source = { ...(instance.inputs.source as Properties), password: secret(name, "SourcePassword") };
    files[`${name}.yaml`] = {
      instances: { [name]: entryOf(name, { ...instance.inputs, source }) },
      ...(groups.length === 0 ? {} : { groups: Object.fromEntries(groups) }),
    };
  }
  const tasks = found.tasks.map((task): [string, Entry] => {
    const own = names.tasks.give(task);
    const source = taskSource(task.inputs.source as Properties, names, () => secret(own, "Password"));
    return [own, entryOf(own, { ...task.inputs, source })];
  });
  const alerts = found.alerts.map((alert): [string, Entry] => {
    const own = names.alerts.give(alert);
    return [own, entryOf(own, { ...alert.inputs, ...alertRange(alert.inputs, names) })];
  });
  if (tasks.length > 0) files[free(files, "tasks")] = { tasks: Object.fromEntries(tasks) };
  if (alerts.length > 0) files[free(files, "alerts")] = { alerts: Object.fromEntries(alerts) };
  return { files, secrets: [...secrets].sort() };
}

/** What exists is taken over; a name that is the definition's own is not said twice. */
function entryOf(own: string, inputs: Properties): Entry {
  const { name, ...others } = inputs;
  const kept = Object.entries(others).filter(([, value]) => value !== undefined);
  return { ...(name === own ? {} : { name }), ...Object.fromEntries(kept), adoptExisting: true };
}

type AllNames = Readonly<Record<MapName, Names>>;

/** A group that is a definition brings its instance, account and password along. */
function taskSource(source: Properties, names: AllNames, secret: () => Entry): Entry {
  const { groupId, instance, account, password: _, ...others } = source;
  const group = names.groups.of(groupId);
  if (group !== undefined) return { group, ...others };
  return {
    ...reference("instance", instance, names.instances),
    groupId,
    account,
    password: secret(),
    ...others,
  };
}

function alertRange({ range, product }: Properties, names: AllNames): Entry {
  if (typeof range !== "object" || range === null) return {};
  const { instance, groups, ...others } = range as { instance?: unknown; groups?: readonly unknown[] };
  const isTracking = product === "changeTracking";
  return {
    range: {
      ...others,
      ...(isTracking
        ? reference("instance", instance, names.instances)
        : { ...(instance === undefined ? {} : { instance }) }),
      ...(groups === undefined ? {} : { groups: groups.map((id) => names.groups.of(id) ?? { id }) }),
    },
  };
}

function reference(key: string, id: unknown, names: Names): Entry {
  return id === undefined ? {} : { [key]: names.of(id) ?? { id } };
}

function free(files: Readonly<Record<string, unknown>>, base: string): string {
  let name = `${base}.yaml`;
  for (let count = 2; Object.hasOwn(files, name); count += 1) name = `${base}-${count}.yaml`;
  return name;
}

/** Logical names: what things are called, fit for a file's name, and each once. */
class Names {
  readonly #byId = new Map<string, string>();
  readonly #taken = new Set<string>();

  give({ id, inputs }: Found): string {
    const called = typeof inputs.name === "string" ? inputs.name : id;
    const base = fitting(called) || fitting(id) || "unnamed";
    let name = base;
    // Files of some systems do not tell A from a.
    for (let count = 2; this.#taken.has(name.toLowerCase()); count += 1) name = `${base}-${count}`;
    this.#taken.add(name.toLowerCase());
    this.#byId.set(id, name);
    return name;
  }

  of(id: unknown): string | undefined {
    return typeof id === "string" ? this.#byId.get(id) : undefined;
  }
}

function fitting(text: string): string {
  return text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}_.-]+/gu, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, NAME_CHARS_MAX);
}
