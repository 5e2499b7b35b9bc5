import { z } from "zod";
import { instanceName, resourceId } from "../../contract/limits/dts.ts";
import { shown } from "../../contract/limits/message.ts";
import { payType, periodCount, periodRefusal, periodUnit } from "../../contract/limits/payment.ts";
import { dataTypesRefusal, objectName } from "../../contract/limits/source.ts";
import { refuse } from "../../contract/limits/text.ts";
import { adoptExisting, region, tags, timeouts } from "./common.ts";
import { CHANGES_NOTHING, LOGICAL_NAME, REPLACES } from "./marks.ts";
import { type FieldsRule, withRules } from "./rules.ts";
import { source } from "./source.ts";
import { startAt } from "./start-at.ts";

const tables = z
  .union([z.literal("all"), z.array(objectName)], { error: 'must be a list of table names or "all"' })
  .superRefine((value, ctx) => {
    if (!Array.isArray(value)) return;
    if (value.length === 0) refuse(ctx, 'must name at least one table or be "all", got a list of 0');
    value.forEach((name, i) => {
      if (value.indexOf(name) < i) {
        ctx.addIssue({ code: "custom", path: [i], message: `must be named once, got ${shown(name)} again` });
      }
    });
  });

const objects = z
  .record(
    objectName,
    z.strictObject({
      tables: tables
        .optional()
        .describe('Tables to track, or "all". With PostgreSQL `schema.table`. Default "all".'),
    }),
  )
  .superRefine((value, ctx) => {
    if (Object.keys(value).length === 0) refuse(ctx, "must name at least one database, got none");
  })
  .meta({ minProperties: 1 });

const dataTypesFields = z.strictObject({
  dml: z.boolean().optional().describe("Track changes of rows. Default true."),
  ddl: z.boolean().optional().describe("Track changes of structure. Default true."),
});

const dataTypes = withRules(dataTypesFields, [
  {
    reads: [["dml"], ["ddl"]],
    refuse: (types) => {
      const text = dataTypesRefusal(types);
      return text === undefined ? undefined : { at: ["dml"], text };
    },
  },
]);

const periodFields = z.strictObject({
  unit: periodUnit.describe("Month or Year."),
  count: periodCount.describe("1 to 9 months, or 1, 2, 3 or 5 years."),
});

const period = withRules(periodFields, [
  {
    reads: [["unit"], ["count"]],
    refuse: ({ unit, count }) => {
      const text = periodRefusal(unit, count);
      return text === undefined ? undefined : { at: ["count"], text };
    },
  },
]);

const network = z.strictObject({
  vpcId: resourceId.describe("Id of the VPC."),
  vSwitchId: resourceId.describe("Id of a vSwitch in the VPC."),
});

const fields = z.strictObject({
  name: instanceName
    .describe(
      "Name of the tracking task, 1 to 128 characters; need not be unique. Source: ConfigureSubscription (the length is chosen).",
    )
    .meta(LOGICAL_NAME),
  region,
  source: source.describe("The database whose changes are tracked. Source: ConfigureSubscription."),
  objects: objects.describe(
    "What is tracked, by database name; at least one database. Source: ConfigureSubscription, DbList.",
  ),
  dataTypes: dataTypes
    .optional()
    .describe("Kinds of changes, at least one. Default both. Source: ConfigureSubscription."),
  network: network
    .optional()
    .describe(
      "VPC in which the instance is reached; the real service needs it. Default none. Source: ConfigureSubscription.",
    )
    .meta(REPLACES),
  startAt: startAt
    .optional()
    .describe(
      "Where tracking starts: seconds since the epoch, or ISO 8601 with Z or an offset. Counts at the first start only; preview warns of a later change. With a time still to come, what is committed before it is left out; preview and the instance's notes in the service's status say so. Default: now. Source: ConfigureSubscription, Checkpoint.",
    )
    .meta(CHANGES_NOTHING),
  payType: payType
    .optional()
    .describe(
      "PostPaid (pay-as-you-go) or PrePaid (subscription). Default PostPaid. Source: CreateDtsInstance.",
    ),
  period: period
    .optional()
    .describe(
      "Time that is paid for in advance; needed with PrePaid and refused without. Source: CreateDtsInstance.",
    ),
  tags,
  adoptExisting,
  timeouts,
});

type Inputs = z.output<typeof fields>;

const periodWithPrePaid: FieldsRule<Inputs> = {
  reads: [["payType"], ["period"]],
  refuse: ({ payType: pay = "PostPaid", period: bought }) => {
    if (pay === "PrePaid" && bought === undefined) {
      return { at: ["period"], text: "is required for PrePaid: { unit: Month or Year, count }" };
    }
    if (pay === "PostPaid" && bought !== undefined) {
      return { at: ["period"], text: "must be left out for PostPaid" };
    }
    return undefined;
  },
};

/** Inputs of the resource `ChangeTrackingInstance`. */
export const changeTrackingInstance = withRules(fields, [periodWithPrePaid]);
export type ChangeTrackingInstanceInputs = z.output<typeof changeTrackingInstance>;
