import { isSecretName } from "../../contract/secrets/index.ts";
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
/** Of a file without its ending; file systems take 255. */
const FILE_NAME_BYTES_MAX = 200;

/** Writes what was found as definitions: one file for each instance with its groups, one for tasks, one for alert rules. */
export function definitionsOf(found: FoundAll): Exported {
  const names = { instances: new Names(), groups: new Names(), tasks: new Names(), alerts: new Names() };
  const secrets = new Set<string>();
  const secret = (name: string, suffix: string) => {
    const key = unused(`${name}${suffix}`, (one) => secrets.has(one));
    secrets.add(key);
    return { config: key };
  };
  const files: Record<string, FileContent> = {};
  const fileNames = new Set<string>();
  const fileOf = (base: string) => {
    // Files of some systems do not tell A from a.
    const name = unused(fileBase(base), (one) => fileNames.has(one.toLowerCase()));
    fileNames.add(name.toLowerCase());
    return `${name}.yaml`;
  };
  for (const instance of found.instances) {
    const name = names.instances.give(instance);
    const groups = instance.groups.map((group): [string, Entry] => {
      const own = names.groups.give(group);
      const inputs = { ...group.inputs, instance: name, password: secret(own, "Password") };
      return [own, entryOf(own, inputs)];
    });
    const source = { ...(instance.inputs.source as Properties), password: secret(name, "SourcePassword") };
    files[fileOf(name)] = {
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
    const inputs = withoutSecretInputs(alert.inputs, (suffix) => secret(own, suffix));
    return [own, entryOf(own, { ...inputs, ...alertRange(alert.inputs, names) })];
  });
  if (tasks.length > 0) files[fileOf("tasks")] = { tasks: Object.fromEntries(tasks) };
  if (alerts.length > 0) files[fileOf("alerts")] = { alerts: Object.fromEntries(alerts) };
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

/** What the service tells in clear though its name says that it is secret, as a callback URL with its token. */
function withoutSecretInputs(inputs: Properties, secret: (suffix: string) => Entry): Properties {
  const members = Object.entries(inputs).map(([key, value]): [string, unknown] => {
    const isSecret = isSecretName(key) && value !== undefined;
    return [key, isSecret ? secret(`${key.charAt(0).toUpperCase()}${key.slice(1)}`) : value];
  });
  return Object.fromEntries(members);
}

/** Files of Pulumi's own names are no definitions to whoever reads the folder; those of Windows are devices. */
const RESERVED = /^(Pulumi|con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

function fileBase(name: string): string {
  const base = RESERVED.test(name) ? `instance-${name}` : name;
  const bytes = Buffer.from(base);
  return bytes.length <= FILE_NAME_BYTES_MAX
    ? base
    : new TextDecoder().decode(bytes.subarray(0, FILE_NAME_BYTES_MAX)).replace(/\ufffd+$/, "");
}

/** The text, or with the first number behind it that nothing has. */
function unused(base: string, isTaken: (name: string) => boolean): string {
  let name = base;
  for (let count = 2; isTaken(name); count += 1) name = `${base}-${count}`;
  return name;
}

/** Logical names: what things are called, fit for a file's name, and each once. */
class Names {
  readonly #byId = new Map<string, string>();
  readonly #taken = new Set<string>();

  give({ id, inputs }: Found): string {
    const called = typeof inputs.name === "string" ? inputs.name : id;
    const base = fitting(called) || fitting(id) || "unnamed";
    const name = unused(base, (one) => this.#taken.has(one.toLowerCase()));
    this.#taken.add(name.toLowerCase());
    this.#byId.set(id, name);
    return name;
  }

  of(id: unknown): string | undefined {
    return typeof id === "string" ? this.#byId.get(id) : undefined;
  }
}

function fitting(text: string): string {
  const start = text
    .normalize("NFC")
    .replace(/[^\p{L}\p{N}_.-]+/gu, "-")
    .replace(/^[-.]+/, "");
  // Cut between signs, and what ends up last is no dot.
  const name = [...start]
    .slice(0, NAME_CHARS_MAX)
    .join("")
    .replace(/[-.]+$/, "");
  // No file may have it as a key.
  return name === "__proto__" ? "" : name;
}
