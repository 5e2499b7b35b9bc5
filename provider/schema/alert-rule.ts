import { z } from "zod";
import { metricOf, type Namespace } from "../../contract/cms/metrics.ts";
import {
  alertPeriodSeconds,
  alertTimes,
  COMPARISON_WORDS,
  callbackUrl,
  effectivePeriod,
  type Level,
  MUTE_SECONDS,
  metricRefusal,
  muteSeconds,
  statisticRefusal,
  targetArn,
} from "../../contract/limits/cms.ts";
import { shown, withRule } from "../../contract/limits/message.ts";
import { boundedText, oneOf, refuse, wrongType } from "../../contract/limits/text.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { type FieldsRule, withRules } from "./rules.ts";

/** Inputs whose values are never shown: a callback's address often holds its key. */
export const ALERT_RULE_SECRETS = ["callbackUrl"] as const;

/** Words of the input `product`, and the namespaces of their metrics (ALR-4). */
export const ALERT_PRODUCTS = {
  changeTracking: "acs_dts",
  rocketmq: "acs_rocketmq",
  iot: "acs_iot",
} as const satisfies Record<string, Namespace>;
export type AlertProduct = keyof typeof ALERT_PRODUCTS;

/** Words of the input `methods`, and the levels that the API calls so (ALR-7). */
export const ALERT_METHODS = {
  critical: "Critical",
  warn: "Warn",
  info: "Info",
} as const satisfies Record<string, Level>;
export type AlertMethod = keyof typeof ALERT_METHODS;

const required = (rule: string) => boundedText(1, 255, rule);
const ids = (rule: string) =>
  z.array(required(rule), { error: wrongType("a list", rule) }).superRefine((value, ctx) => {
    if (value.length === 0) refuse(ctx, withRule("must have at least one item, got none", rule));
  });

const contactGroup = required("ALR-2").superRefine((value, ctx) => {
  // The API joins the names by commas.
  if (value.includes(",")) refuse(ctx, withRule(`must not contain a comma, got ${shown(value)}`, "ALR-2"));
});

const range = z.strictObject(
  {
    kind: oneOf(["all", "instances"], "ALR-1").describe(
      "all (every resource of the product) or instances (those named here). Source: ALR-1.",
    ),
    region: region.describe(
      "Region of the instance; with kind instances only. Default: wherever the instance is.",
    ),
    instance: required("ALR-1")
      .optional()
      .describe(
        "Id of the instance; with kind instances only. IoT Platform's public instance has none. Source: ALR-1.",
      ),
    groups: ids("ALR-1")
      .optional()
      .describe(
        "Ids of consumer groups; programs pass resources or ids. Needed with kind instances where the metric is of groups. Source: ALR-1.",
      ),
    topics: ids("ALR-1").optional().describe("Topics, where the metric is of topics. Source: ALR-1."),
    productKeys: ids("ALR-1")
      .optional()
      .describe("Keys of IoT products, where the metric is of products. Source: ALR-1."),
  },
  { error: wrongType("an object with kind", "ALR-1") },
);

const trigger = z.strictObject(
  {
    statistic: required("ALR-3").describe(
      "Average, Maximum, Minimum, Sum or Value, as the metric has it. Source: ALR-3.",
    ),
    comparison: oneOf(COMPARISON_WORDS, "ALR-3").describe(
      "How the statistic is compared with the threshold: >=, >, <=, <, == or !=; or with an earlier value by percent: aboveYesterday, belowYesterday, aboveLastWeek, belowLastWeek, aboveLastPeriod, belowLastPeriod. Source: ALR-3.",
    ),
    threshold: z
      .number({ error: wrongType("a number", "ALR-3") })
      .describe("In the metric's unit, or percent when compared with an earlier value. Source: ALR-3."),
    times: alertTimes.describe("Periods in a row in which it must hold, 1 or more. Source: ALR-3."),
  },
  { error: wrongType("an object with statistic, comparison, threshold and times", "ALR-2") },
);

const methods = z
  .array(oneOf(["critical", "warn", "info"], "ALR-7"), { error: wrongType("a list", "ALR-7") })
  .superRefine((value, ctx) => {
    if (value.length === 0) refuse(ctx, withRule("must name at least one level, got none", "ALR-7"));
    else if (new Set(value).size < value.length) refuse(ctx, withRule("must name a level once", "ALR-7"));
  });

const fields = z.strictObject({
  name: required("ALR-2").describe(
    "Name of the rule, 1 to 255 characters. Default: the resource's logical name. Source: ALR-2.",
  ),
  product: oneOf(["changeTracking", "rocketmq", "iot"], "ALR-2").describe(
    "Product that is watched: changeTracking, rocketmq or iot. A change replaces the rule. Source: ALR-2.",
  ),
  range: range.describe("Which resources are watched. Source: ALR-1."),
  metric: required("ALR-2").describe(
    "Metric of the product, by its published name. A change replaces the rule. Source: ALR-2, ALR-4.",
  ),
  periodSeconds: alertPeriodSeconds
    .optional()
    .describe("Seconds of a scan, a multiple of 60. Default: the metric's own, 60. Source: ALR-2, ALR-3."),
  trigger: trigger.describe("When the alert fires. Source: ALR-3."),
  muteSeconds: muteSeconds
    .optional()
    .describe(
      `Seconds until an alert that stays is sent again, ${MUTE_SECONDS.min} to ${MUTE_SECONDS.max}; below ${MUTE_SECONDS.publishedMin} it warns, because the published page has no less. Default ${MUTE_SECONDS.default}. Source: ALR-5.`,
    ),
  effectivePeriod: effectivePeriod
    .optional()
    .describe(
      "When alerts are sent: HH:MM-HH:MM, perhaps with a zone as +0800 behind a blank; may cross midnight. Default 00:00-23:59. Source: ALR-6.",
    ),
  contactGroups: z
    .array(contactGroup, { error: wrongType("a list", "ALR-2") })
    .superRefine((value, ctx) => {
      if (value.length === 0)
        refuse(ctx, withRule("must have at least one contact group, got none", "ALR-2"));
    })
    .describe("Names of the contact groups that get the alert, at least one. Source: ALR-2."),
  methods: methods
    .optional()
    .describe(
      'Levels that alert by their means: info (e-mail and DingTalk robot), warn and critical (also text messages). Default ["info"]. Source: ALR-7.',
    ),
  targets: z
    .strictObject({
      autoScaling: targetArn("autoScaling")
        .optional()
        .describe("ARN of a scaling rule that the alert runs. Source: ALR-10."),
      logService: targetArn("logService")
        .optional()
        .describe("ARN of a logstore that the alert is written to. Source: ALR-10."),
    })
    .optional()
    .describe("What the alert does besides. Default nothing. Source: ALR-10."),
  emailSubject: boundedText(1, 255)
    .optional()
    .describe(
      "Subject of the e-mail, with range kind instances only. Default: product, metric and instance id. Source: ALR-8.",
    ),
  emailRemark: boundedText(1, 1024).optional().describe("Remark in the e-mail. Default none. Source: ALR-8."),
  callbackUrl: callbackUrl
    .optional()
    .describe(
      "http or https URL, reachable from the Internet, that is called by POST. Secret. Default none. Source: ALR-9.",
    ),
  enabled: z.boolean().optional().describe("Whether the rule works. Changed in place. Default true."),
  region: region.describe(
    "Region whose CloudMonitor keeps the rule, for example cn-hangzhou. A change replaces the rule. Default: the configured `changetracking:region`.",
  ),
  adoptExisting,
  timeouts,
});

type Fields = z.output<typeof fields>;

const narrowing = ["region", "instance", "groups", "topics", "productKeys"] as const;
/** Which input names each dimension. */
const inputOf: Readonly<Record<string, (typeof narrowing)[number]>> = {
  instanceId: "instance",
  groupId: "groups",
  topic: "topics",
  productKey: "productKeys",
};

/** ALR-1: what of the range does not go together with its kind. */
const onlyForInstances = narrowing.map(
  (field): FieldsRule<Fields> => ({
    reads: [["range", "kind"]],
    refuse: ({ range: { kind, [field]: value } }) =>
      kind === "all" && value !== undefined
        ? {
            at: ["range", field],
            text: withRule("is for range kind instances only; leave it out with all", "ALR-1"),
          }
        : undefined,
  }),
);

/** ALR-1: what the metric is of must be named. */
const namesWhatIsWatched: FieldsRule<Fields> = {
  reads: [["product"], ["metric"], ["range"]],
  refuse({ product, metric, range: watched }) {
    if (watched.kind !== "instances") return undefined;
    const found = metricOf(ALERT_PRODUCTS[product], metric);
    const needed = inputOf[found?.of ?? "groupId"] ?? "groups";
    if (watched[needed] === undefined)
      return { at: ["range", needed], text: withRule("is required with range kind instances", "ALR-1") };
    const foreign = (["groups", "topics", "productKeys"] as const).find(
      (field) =>
        found !== undefined &&
        watched[field] !== undefined &&
        !found.dimensions.some((dimension) => inputOf[dimension] === field),
    );
    if (foreign === undefined) return undefined;
    return { at: ["range", foreign], text: withRule(`does not belong to the metric ${metric}`, "ALR-1") };
  },
};

const rules: readonly FieldsRule<Fields>[] = [
  ...onlyForInstances,
  namesWhatIsWatched,
  {
    reads: [["product"], ["metric"]],
    refuse({ product, metric }) {
      const text = metricRefusal(ALERT_PRODUCTS[product], metric);
      return text === undefined ? undefined : { at: ["metric"], text };
    },
  },
  {
    reads: [["product"], ["metric"], ["trigger", "statistic"]],
    refuse({ product, metric, trigger: { statistic } }) {
      const found = metricOf(ALERT_PRODUCTS[product], metric);
      const text = found && statisticRefusal(found, statistic);
      return text === undefined ? undefined : { at: ["trigger", "statistic"], text };
    },
  },
  {
    reads: [["range", "kind"]],
    refuse: ({ range: { kind }, emailSubject }) =>
      kind === "all" && emailSubject !== undefined
        ? {
            at: ["emailSubject"],
            text: withRule("is for range kind instances only; leave it out with all", "ALR-8"),
          }
        : undefined,
  },
];

/** Inputs of the resource `AlertRule`. */
export const alertRule = withRules(fields, rules);
export type AlertRuleInputs = z.output<typeof alertRule>;
