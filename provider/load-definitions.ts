import * as pulumi from "@pulumi/pulumi";
import { AlertRule } from "./alert-rule.ts";
import type { AlertRuleArgs } from "./args/alert-rule.ts";
import type { ChangeTrackingInstanceArgs } from "./args/change-tracking-instance.ts";
import type { ConsumerGroupArgs } from "./args/consumer-group.ts";
import type { InflowTaskArgs } from "./args/inflow-task.ts";
import { ChangeTrackingInstance } from "./change-tracking-instance.ts";
import { ConsumerGroup } from "./consumer-group.ts";
import type { SecretReference } from "./definitions/markers.ts";
import type { Definition, DefinitionsBundle, SecretSources } from "./definitions/result.ts";
import { InflowTask } from "./inflow-task.ts";

/** One definition of a file, as `LoadDefinitionsOptions.opts` gets it. */
export interface LoadedDefinition {
  /** The map that it stands in. */
  readonly kind: "instances" | "groups" | "tasks" | "alerts";
  /** Its name, which is the resource's. */
  readonly name: string;
  /** `owner` of its file, else the file's path. */
  readonly owner: string;
  /** Path of its file from the folder. */
  readonly file: string;
}

/** How definitions become resources. */
export interface LoadDefinitionsOptions {
  /** Folder that paths start from. Default: that of the program, where the CLI runs it. */
  readonly folder?: string;
  /**
   * Options of every resource, such as `{ parent: this }` in a component; a function gives each its own, `aliases` of one
   * that was renamed for example. Default none.
   */
  readonly opts?:
    | pulumi.CustomResourceOptions
    | ((definition: LoadedDefinition) => pulumi.CustomResourceOptions | undefined);
  /**
   * Which secrets definitions may name: patterns of variables (default `CHANGE_TRACKING_SECRET_*`) and of keys of the
   * configuration (default `*`, those of the program's own project). Give `change-tracking check` the same.
   */
  readonly secrets?: SecretSources;
}

/** The resources of all files, by their names. */
export interface Definitions {
  readonly instances: Readonly<Record<string, ChangeTrackingInstance>>;
  readonly groups: Readonly<Record<string, ConsumerGroup>>;
  readonly tasks: Readonly<Record<string, InflowTask>>;
  readonly alerts: Readonly<Record<string, AlertRule>>;
}

/**
 * Makes the resources that YAML files define: instances first, then groups, tasks and alert rules. `patterns` are
 * files, folders or globs. The name of a definition is the name of its resource, so that it may move to another file.
 * Throws one error that lists everything that is wrong in all files, before anything is made.
 *
 * @example
 * ```ts
 * import { loadDefinitions } from "pulumi-change-tracking";
 *
 * const { instances, groups } = loadDefinitions("teams");
 *
 * export const topics = Object.values(instances).map((instance) => instance.topic);
 * export const connection = groups.billing?.connection;
 * ```
 */
export function loadDefinitions(
  patterns: string | readonly string[],
  options: LoadDefinitionsOptions = {},
): Definitions {
  const { readDefinitions, problemsText } = bundle();
  const folder = options.folder ?? process.cwd();
  const result = readDefinitions([patterns].flat(), {
    folder,
    region: configuredRegion(),
    secrets: isThere,
    secretSources: options.secrets,
  });
  const errors = result.problems.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const count = errors.length === 1 ? "1 mistake" : `${errors.length} mistakes`;
    throw new pulumi.RunError(`${count} in the definitions; nothing was made.\n\n${problemsText(errors)}`);
  }
  const warnings = result.problems.filter(({ severity }) => severity === "warning");
  if (warnings.length > 0) void pulumi.log.warn(problemsText(warnings));
  return make(result.definitions, options.opts);
}

/** Loaded only by programs that have definitions as files. */
function bundle(): DefinitionsBundle {
  return require("pulumi-change-tracking/definitions");
}

interface Made {
  readonly instances: Record<string, ChangeTrackingInstance>;
  readonly groups: Record<string, ConsumerGroup>;
  readonly tasks: Record<string, InflowTask>;
  readonly alerts: Record<string, AlertRule>;
}

function make(all: readonly Definition[], opts: LoadDefinitionsOptions["opts"]): Definitions {
  const made: Made = { instances: {}, groups: {}, tasks: {}, alerts: {} };
  for (const definition of all) {
    const { map, name, owner, file } = definition;
    const own = typeof opts === "function" ? opts({ kind: map, name, owner, file }) : opts;
    const args = argsOf(definition, made) as unknown;
    if (map === "instances") {
      made.instances[name] = new ChangeTrackingInstance(name, args as ChangeTrackingInstanceArgs, own);
    } else if (map === "groups") made.groups[name] = new ConsumerGroup(name, args as ConsumerGroupArgs, own);
    else if (map === "tasks") made.tasks[name] = new InflowTask(name, args as InflowTaskArgs, own);
    else made.alerts[name] = new AlertRule(name, args as AlertRuleArgs, own);
  }
  return made;
}

/** What other definitions and secrets stand for is put in: all that a definition names was made before it. */
function argsOf({ inputs }: Definition, made: Made): unknown {
  const { replaceMarkers, SecretReference, DefinitionReference } = bundle();
  return replaceMarkers(inputs, (marker) => {
    if (marker instanceof SecretReference) return secretOf(marker);
    return marker instanceof DefinitionReference ? made[marker.map][marker.name] : undefined;
  });
}

function secretOf({ from, name }: SecretReference): pulumi.Output<string> {
  if (from === "env") return pulumi.secret(process.env[name] ?? "");
  const { config, key } = configOf(name);
  return config.requireSecret(key);
}

/** Whether a secret is there, so that all that are missing are told at once. */
function isThere({ from, name }: SecretReference): boolean {
  if (from === "env") return process.env[name] !== undefined && process.env[name] !== "";
  const { config, key } = configOf(name);
  return config.getSecret(key) !== undefined;
}

/** A key without a namespace is the project's own. */
function configOf(name: string): { readonly config: pulumi.Config; readonly key: string } {
  const [key = "", namespace] = name.split(":").reverse();
  return { config: new pulumi.Config(namespace), key };
}

/** As the resources have it. */
function configuredRegion(): string | undefined {
  return process.env.CHANGE_TRACKING_REGION || pulumi.runtime.getConfig("changetracking:region") || undefined;
}
