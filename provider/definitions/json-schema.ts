import type { z } from "zod";
import { METRICS } from "../../contract/cms/metrics.ts";
import { ALERT_PRODUCTS, alertRule } from "../schema/alert-rule.ts";
import { changeTrackingInstance } from "../schema/change-tracking-instance.ts";
import { changeTrackingGroup } from "../schema/consumer-group.ts";
import { iotGroup } from "../schema/consumer-group-iot.ts";
import { rocketmqGroup } from "../schema/consumer-group-rocketmq.ts";
import { inflowTask } from "../schema/inflow-task.ts";
import { marksOf } from "../schema/marks.ts";
import { NAME_CHARS_MAX, OWNER_CHARS_MAX } from "./collect.ts";
import { adapted, type Part } from "./json-schema-parts.ts";
import { MAPS, type MapName, NOUNS } from "./maps.ts";
import { SOURCES_DEFAULT } from "./secret-sources.ts";
import { CONFIG_KEY, VARIABLE } from "./secrets.ts";

/** Where the published schema is. */
export const SCHEMA_ID =
  "https://raw.githubusercontent.com/pulumi-change-tracking/pulumi-change-tracking/main/provider/definitions.schema.json";

/**
 * The JSON Schema (draft 7, which editors know) of a file of definitions, made of the schemas of the resources. It
 * says less than the checks: rules over several fields and over files are theirs.
 */
export function definitionsSchema(): Part {
  const maps = MAPS.map((map) => [map, mapOf(map)] as const);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: SCHEMA_ID,
    title: "Definitions of change tracking",
    description: "Instances, consumer groups, inflow tasks and alert rules as files.",
    type: "object",
    additionalProperties: false,
    properties: {
      owner: {
        description: "Who has these definitions, for reviews. Default: the file's path.",
        type: "string",
        minLength: 1,
        maxLength: OWNER_CHARS_MAX,
      },
      ...Object.fromEntries(maps),
    },
    definitions: { ...shared(), ...resources() },
  };
}

const DESCRIPTIONS: Readonly<Record<MapName, string>> = {
  instances:
    "Change tracking instances by name; the name is the resource's, and the instance's where it has no other.",
  groups: "Consumer groups by name; the name is the resource's, and the group's where it has no other.",
  tasks: "Inflow tasks by name; the name is the resource's, and the task's where it has no other.",
  alerts: "Alert rules by name; the name is the resource's, and the rule's where it has no other.",
};

function mapOf(map: MapName): Part {
  return {
    description: DESCRIPTIONS[map],
    type: ["object", "null"],
    propertyNames: { minLength: 1, maxLength: NAME_CHARS_MAX },
    additionalProperties: { $ref: `#/definitions/${NOUNS[map]}` },
  };
}

function shared(): Record<string, Part> {
  const member = (name: string, description: string, pattern: RegExp): Part => ({
    type: "object",
    additionalProperties: false,
    required: [name],
    properties: { [name]: { description, type: "string", pattern: pattern.source } },
  });
  const referenceTo = (map: MapName): Part => ({
    anyOf: [{ type: "string" }, member("id", `Id of the ${NOUNS[map]} that exists already.`, /^\S+$/)],
  });
  return {
    secret: {
      oneOf: [
        member(
          "config",
          "Key of a secret of the stack's configuration. Of another project with its namespace, as `shared:password`, where the program allows it.",
          CONFIG_KEY,
        ),
        member(
          "env",
          `Name of a variable of the environment that the program allows: ${SOURCES_DEFAULT.env} by itself.`,
          VARIABLE,
        ),
      ],
    },
    instanceReference: referenceTo("instances"),
    groupReference: referenceTo("groups"),
  };
}

function resources(): Record<string, Part> {
  const alert = adapted("alerts", alertRule);
  return {
    instance: adapted("instances", changeTrackingInstance),
    changeTrackingGroup: adapted("groups", changeTrackingGroup),
    rocketmqGroup: withVersions(adapted("groups", rocketmqGroup, false), rocketmqGroup),
    iotGroup: adapted("groups", iotGroup, false),
    group: byWord("platform", {
      changeTracking: { $ref: "#/definitions/changeTrackingGroup" },
      rocketmq: { $ref: "#/definitions/rocketmqGroup" },
      iot: { $ref: "#/definitions/iotGroup" },
    }),
    task: withGroupSource(adapted("tasks", inflowTask)),
    alert: { ...alert, ...alertProducts() },
  };
}

/** Words decide what else there is: said by conditions, because an editor tells of a union only that nothing fits. */
function byWord(word: string, parts: Readonly<Record<string, Part>>): Part {
  return {
    type: "object",
    required: [word],
    properties: {
      [word]: { description: "Decides what else there is.", type: "string", enum: Object.keys(parts) },
    },
    allOf: Object.entries(parts).map(([value, then]) => when({ [word]: { const: value } }, then)),
  };
}

function when(properties: Readonly<Record<string, Part>>, then: Part): Part {
  return { if: { required: Object.keys(properties), properties }, then };
}

/** What only one version of RocketMQ has. */
function withVersions(part: Part, schema: z.ZodObject): Part {
  const only = (version: string) =>
    Object.keys(schema.shape).filter((name) => marksOf(schema.shape[name]).only === version);
  const refused = (names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, false as unknown as Part]));
  return {
    ...part,
    allOf: [
      when({ version: { const: "4.x" } }, { properties: refused(only("5.x")) }),
      when({ version: { const: "5.x" } }, { properties: refused(only("4.x")) }),
    ],
  };
}

/** A group of the files brings the rest of a task's source. */
function withGroupSource(part: Part): Part {
  const source = part.properties?.source;
  if (source === undefined) throw new Error("a task has no source");
  const { required, ...open } = source;
  const group = {
    description:
      "Name of the group of platform changeTracking that the task reads with; it brings instance, account and password.",
    type: "string",
  };
  const none = false as unknown as Part;
  const whole = {
    ...open,
    properties: { group, ...open.properties },
    if: { required: ["group"] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { instance: none, groupId: none } },
    else: { required: ["instance", "groupId", "account", "password"] },
  };
  return { ...part, properties: { ...part.properties, source: whole } };
}

/** The metrics of each product, for completion. */
function alertProducts(): Part {
  const products = Object.entries(ALERT_PRODUCTS).map(([product, namespace]) => {
    const metric = { enum: METRICS[namespace].map(({ name }) => name) };
    return when({ product: { const: product } }, { properties: { metric } });
  });
  return { allOf: products };
}
