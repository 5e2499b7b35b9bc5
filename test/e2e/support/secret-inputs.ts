import type { z } from "zod";
import { alertRule } from "../../../provider/schema/alert-rule.ts";
import { changeTrackingInstance } from "../../../provider/schema/change-tracking-instance.ts";
import { changeTrackingGroup } from "../../../provider/schema/consumer-group.ts";
import { iotGroup } from "../../../provider/schema/consumer-group-iot.ts";
import { rocketmqGroup } from "../../../provider/schema/consumer-group-rocketmq.ts";
import { inflowTask } from "../../../provider/schema/inflow-task.ts";

export type InputPath = readonly (string | number)[];

/** One resource of which one input holds what must be shown nowhere. */
export interface SecretCase {
  readonly name: string;
  readonly kind: string;
  readonly inputs: Record<string, unknown>;
  /** What of the inputs is wrapped as a secret; undefined when nothing is. */
  readonly wrapped: InputPath | undefined;
}

interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
}

/** A valid resource of each kind and platform, to be spoilt in one place. */
const BASES: readonly { kind: string; schema: z.core.$ZodType; inputs: Record<string, unknown> }[] = [
  {
    kind: "ChangeTrackingInstance",
    schema: changeTrackingInstance,
    inputs: {
      source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "u", password: "p" },
      objects: { shop: { tables: ["t"] } },
    },
  },
  {
    kind: "ConsumerGroup",
    schema: changeTrackingGroup,
    inputs: { platform: "changeTracking", instance: "dtsone", account: "a", password: "Passw0rd-7" },
  },
  {
    kind: "ConsumerGroup",
    schema: rocketmqGroup,
    inputs: { platform: "rocketmq", instance: "rmq-cn-1", version: "5.x", afterLastRetry: "discard" },
  },
  { kind: "ConsumerGroup", schema: iotGroup, inputs: { platform: "iot" } },
  {
    kind: "InflowTask",
    schema: inflowTask,
    inputs: {
      region: "cn-hangzhou",
      source: { instance: "dtsone", groupId: "g", account: "a", password: "Passw0rd-7" },
      sink: { version: "5.x", instance: "rmq-cn-1", topic: "t" },
    },
  },
  {
    kind: "AlertRule",
    schema: alertRule,
    inputs: {
      product: "changeTracking",
      metric: "ConsumerGroupLag",
      range: { kind: "all" },
      trigger: { statistic: "Maximum", comparison: ">", threshold: 1, times: 1 },
      contactGroups: ["ops"],
    },
  },
];

/** The text that must not be seen, another one in each place; it fits hardly any input. */
export const SECRET = "hush secret/";
export const SECRET_NUMBER = 918_270_000;

/** Every input of every resource at any depth: itself wrapped, in a wrapped whole, and a misspelt name beside it. */
export function secretCases(): SecretCase[] {
  const cases: SecretCase[] = [];
  const add = (kind: string, inputs: Record<string, unknown>, wrapped: InputPath | undefined) =>
    cases.push({ name: `case_${cases.length}`, kind, inputs, wrapped });
  for (const { kind, schema, inputs } of BASES) {
    for (const path of leafPaths(schema)) {
      const text = `${SECRET}${cases.length}`;
      add(kind, placed(inputs, path, text), path);
      if (path.length > 1) add(kind, placed(inputs, path, text), path.slice(0, 1));
      add(kind, placed(inputs, path, SECRET_NUMBER + cases.length), path);
    }
    for (const parent of new Set(leafPaths(schema).map((path) => JSON.stringify(path.slice(0, -1))))) {
      const of = JSON.parse(parent) as InputPath;
      const path = [...of, "hiddenToken"];
      // A text where an object belongs is no public field; these two take texts as well.
      const isPublic = of[0] === "filter" || of[0] === "afterLastRetry";
      if (of.length > 0 && !isPublic) add(kind, placed(inputs, of, `${SECRET}${cases.length}`), undefined);
      // A key of a filter and a tag are what the program likes.
      if (of[0] !== "filter" && of[0] !== "tags")
        add(kind, placed(inputs, path, `${SECRET}${cases.length}`), undefined);
      add(kind, placed(inputs, path, `${SECRET}${cases.length}`), path);
    }
  }
  return cases;
}

function leafPaths(schema: z.core.$ZodType | undefined): InputPath[] {
  if (schema === undefined) return [];
  const definition = schema._zod.def as unknown as Definition;
  const below = (inner: z.core.$ZodType | undefined, step: InputPath): InputPath[] =>
    leafPaths(inner).map((path) => [...step, ...path]);
  const found = [
    ...Object.entries(definition.shape ?? {}).flatMap(([name, field]) => below(field, [name])),
    ...(definition.options ?? []).flatMap((member) => leafPaths(member)),
    ...below(definition.innerType, []),
    ...(definition.type === "array" ? below(definition.element, [0]) : []),
    ...(definition.type === "record" ? below(definition.valueType, ["shop"]) : []),
  ];
  const unique = new Map(found.map((path) => [JSON.stringify(path), path]));
  return unique.size === 0 ? [[]] : [...unique.values()];
}

function placed(inputs: Record<string, unknown>, path: InputPath, value: unknown): Record<string, unknown> {
  const copy = structuredClone(inputs);
  let at = copy as Record<string | number, unknown>;
  path.slice(0, -1).forEach((step, index) => {
    if (typeof at[step] !== "object") at[step] = typeof path[index + 1] === "number" ? [] : {};
    at = at[step] as Record<string | number, unknown>;
  });
  const last = path.at(-1);
  if (last !== undefined) at[last] = value;
  return copy;
}
