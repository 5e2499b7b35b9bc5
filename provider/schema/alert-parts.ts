import { z } from "zod";
import {
  alertTimes,
  COMPARISON_WORDS,
  type Level,
  TARGET_ARNS,
  targetArn,
} from "../../contract/limits/cms.ts";
import { regionId } from "../../contract/limits/dts.ts";
import { shown } from "../../contract/limits/message.ts";
import { boundedText, oneOf, refuse, ruled, wrongType } from "../../contract/limits/text.ts";

/** Words of the input `methods`, and the levels that the API calls so (ALR-7). */
export const ALERT_METHODS = {
  critical: "Critical",
  warn: "Warn",
  info: "Info",
} as const satisfies Record<string, Level>;
export type AlertMethod = keyof typeof ALERT_METHODS;

/** As a JSON Schema says it. */
const NOT_EMPTY = { minItems: 1 } as const;

export const required = (rule: string) => boundedText(1, 255, rule);
const ids = (rule: string) =>
  ruled(z.array(required(rule), { error: wrongType("a list") }), rule)
    .superRefine((value, ctx) => {
      if (value.length === 0) refuse(ctx, "must have at least one item, got none", rule);
    })
    .meta(NOT_EMPTY);

const contactGroup = required("ALR-2").superRefine((value, ctx) => {
  // The API joins the names by commas.
  if (value.includes(",")) refuse(ctx, `must not contain a comma, got ${shown(value)}`, "ALR-2");
});

export const range = z.strictObject(
  {
    kind: oneOf(["all", "instances"], "ALR-1").describe(
      "all (every resource of the product) or instances (those named here). Source: ALR-1.",
    ),
    region: regionId
      .optional()
      .describe("Region of the instance; with kind instances only. Default: wherever the instance is."),
    instance: required("ALR-1")
      .optional()
      .describe(
        "The instance: a resource or the id of any; with kind instances only. IoT Platform's public instance has none. Source: ALR-1.",
      ),
    groups: ids("ALR-1")
      .optional()
      .describe(
        "Consumer groups: resources or ids. Needed with kind instances where the metric is of groups. The rule is deleted before a group that is given as a resource. Source: ALR-1.",
      ),
    topics: ids("ALR-1").optional().describe("Topics, where the metric is of topics. Source: ALR-1."),
    productKeys: ids("ALR-1")
      .optional()
      .describe("Keys of IoT products, where the metric is of products. Source: ALR-1."),
  },
  { error: wrongType("an object with kind") },
);

export const trigger = z.strictObject(
  {
    statistic: required("ALR-3").describe(
      "Average, Maximum, Minimum, Sum or Value, as the metric has it. Source: ALR-3.",
    ),
    comparison: oneOf(COMPARISON_WORDS, "ALR-3").describe(
      "How the statistic is compared with the threshold: >=, >, <=, <, == or !=; or with an earlier value by percent: aboveYesterday, belowYesterday, aboveLastWeek, belowLastWeek, aboveLastPeriod, belowLastPeriod. Source: ALR-3.",
    ),
    threshold: ruled(z.number({ error: wrongType("a number") }), "ALR-3").describe(
      "In the metric's unit, or percent when compared with an earlier value. Source: ALR-3.",
    ),
    times: alertTimes.describe("Periods in a row in which it must hold, 1 or more. Source: ALR-3."),
  },
  { error: wrongType("an object with statistic, comparison, threshold and times") },
);

export const methods = ruled(
  z.array(oneOf(["critical", "warn", "info"], "ALR-7"), { error: wrongType("a list") }),
  "ALR-7",
)
  .superRefine((value, ctx) => {
    if (value.length === 0) refuse(ctx, "must name at least one level, got none", "ALR-7");
    else if (new Set(value).size < value.length) refuse(ctx, "must name a level once", "ALR-7");
  })
  .meta({ ...NOT_EMPTY, uniqueItems: true });

export const contactGroups = ruled(z.array(contactGroup, { error: wrongType("a list") }), "ALR-2")
  .superRefine((value, ctx) => {
    if (value.length === 0) refuse(ctx, "must have at least one contact group, got none", "ALR-2");
  })
  .meta(NOT_EMPTY);

export const targets = z.strictObject({
  autoScaling: targetArn("autoScaling")
    .optional()
    .describe(`ARN of a scaling rule that the alert runs: ${TARGET_ARNS.autoScaling.form}. Source: ALR-10.`),
  logService: targetArn("logService")
    .optional()
    .describe(
      `ARN of a logstore that the alert is written to: ${TARGET_ARNS.logService.form}. Source: ALR-10.`,
    ),
});
