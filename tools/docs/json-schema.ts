import { z } from "zod";
import { alertRule } from "../../provider/schema/alert-rule.ts";
import { changeTrackingInstance } from "../../provider/schema/change-tracking-instance.ts";
import { changeTrackingGroup } from "../../provider/schema/consumer-group.ts";
import { iotGroup } from "../../provider/schema/consumer-group-iot.ts";
import { rocketmqGroup } from "../../provider/schema/consumer-group-rocketmq.ts";
import { inflowTask } from "../../provider/schema/inflow-task.ts";

/** The schema of an input as data, with the marks of `provider/schema/marks.ts`. */
export interface JsonSchema extends Readonly<z.core.GlobalMeta> {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
  readonly const?: string;
  readonly items?: JsonSchema;
}

/** Inputs of the resources, and of each platform of `ConsumerGroup`. */
export const inputSchemas = {
  changeTrackingInstance: jsonSchema(changeTrackingInstance),
  changeTrackingGroup: jsonSchema(changeTrackingGroup),
  rocketmqGroup: jsonSchema(rocketmqGroup),
  iotGroup: jsonSchema(iotGroup),
  inflowTask: jsonSchema(inflowTask),
  alertRule: jsonSchema(alertRule),
};

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
}

/** Whether a program has to give the input. */
export function isNeeded(schema: JsonSchema, name: string): boolean {
  return schema.required?.includes(name) === true && schema.properties?.[name]?.filledIn === undefined;
}

/** Whether what a change does is said of members, and not of the whole. */
export function isMixed({ properties = {} }: JsonSchema): boolean {
  return Object.values(properties).some((member) => member.onChange !== undefined && !member.readOnly);
}
