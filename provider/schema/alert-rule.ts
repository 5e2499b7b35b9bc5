import { z } from "zod";
import { metricOf, type Namespace } from "../../contract/cms/metrics.ts";
import {
  alertPeriodSeconds,
  callbackUrl,
  effectivePeriod,
  MUTE_SECONDS,
  metricRefusal,
  muteSeconds,
  statisticRefusal,
} from "../../contract/limits/cms.ts";
import { valueAt } from "../../contract/limits/path.ts";
import { boundedText, oneOf, ruled } from "../../contract/limits/text.ts";
import { contactGroups, methods, range, required, targets, trigger } from "./alert-parts.ts";
import { adoptExisting, region, timeouts } from "./common.ts";
import { LOGICAL_NAME, REPLACES } from "./marks.ts";
import { type FieldsRule, refusedAt, withRules } from "./rules.ts";

/** Words of the input `product`, and the namespaces of their metrics (ALR-4). */
export const ALERT_PRODUCTS = {
  changeTracking: "acs_dts",
  rocketmq: "acs_rocketmq",
  iot: "acs_iot",
} as const satisfies Record<string, Namespace>;
export type AlertProduct = keyof typeof ALERT_PRODUCTS;

const fields = z.strictObject({
  name: required("ALR-2")
    .describe("Name of the rule, 1 to 255 characters. Source: ALR-2.")
    .meta(LOGICAL_NAME),
  product: oneOf(["changeTracking", "rocketmq", "iot"], "ALR-2")
    .describe("Product that is watched: changeTracking, rocketmq or iot. Source: ALR-2.")
    .meta(REPLACES),
  range: ruled(range, "ALR-1").describe("Which resources are watched. Source: ALR-1."),
  metric: required("ALR-2")
    .describe(
      "Metric of the product, by its published name; those of change tracking and of consumer groups of IoT Platform are local. Source: ALR-2, ALR-4.",
    )
    .meta(REPLACES),
  periodSeconds: alertPeriodSeconds
    .optional()
    .describe("Seconds of a scan, a multiple of 60. Default: the metric's own, 60. Source: ALR-2, ALR-3."),
  trigger: ruled(trigger, "ALR-2").describe("When the alert fires. Source: ALR-3."),
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
  contactGroups: contactGroups.describe(
    "Names of the contact groups that get the alert, at least one; they exist on the service. Source: ALR-2.",
  ),
  methods: methods
    .optional()
    .describe(
      'Levels that alert by their means: info (e-mail and DingTalk robot), warn and critical (also text messages). Default ["info"]. Source: ALR-7.',
    ),
  targets: targets.optional().describe("What the alert does besides. Default nothing. Source: ALR-10."),
  emailSubject: boundedText(1, 255)
    .optional()
    .describe(
      "Subject of the e-mail, with range kind instances only. Default: product, metric and instance id. Source: ALR-8.",
    ),
  emailRemark: boundedText(1, 1024)
    .optional()
    .describe(
      "Remark in the e-mail, kept as the label `emailRemark` of the rule. Default none. Source: ALR-8.",
    ),
  callbackUrl: callbackUrl
    .optional()
    .describe(
      "http or https URL, reachable from the Internet, that is called by POST. Secret. Default none. Source: ALR-9.",
    ),
  enabled: z.boolean().optional().describe("Whether the rule works. Default true."),
  region: region.describe(
    "Region whose CloudMonitor keeps the rule, for example cn-hangzhou. Default: the configured `changetracking:region`, else cn-hangzhou.",
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

/** What does not go together with all resources of a product. */
function onlyForInstances(at: readonly string[], rule: string): FieldsRule<Fields> {
  const text = "is for range kind instances only; leave it out with all";
  return {
    reads: [["range", "kind"]],
    refuse: (value) =>
      value.range.kind === "all" && valueAt(value, at) !== undefined ? { at, text, rule } : undefined,
  };
}

/** ALR-1: what the metric is of must be named. */
const namesWhatIsWatched: FieldsRule<Fields> = {
  reads: [["product"], ["metric"], ["range"]],
  refuse({ product, metric, range: watched }) {
    if (watched.kind !== "instances") return undefined;
    const found = metricOf(ALERT_PRODUCTS[product], metric);
    const needed = inputOf[found?.of ?? "groupId"] ?? "groups";
    if (watched[needed] === undefined)
      return { at: ["range", needed], text: "is required with range kind instances", rule: "ALR-1" };
    const foreign = (["groups", "topics", "productKeys"] as const).find(
      (field) =>
        found !== undefined &&
        watched[field] !== undefined &&
        !found.dimensions.some((dimension) => inputOf[dimension] === field),
    );
    if (foreign === undefined) return undefined;
    return { at: ["range", foreign], text: `does not belong to the metric ${metric}`, rule: "ALR-1" };
  },
};

const rules: readonly FieldsRule<Fields>[] = [
  ...narrowing.map((field) => onlyForInstances(["range", field], "ALR-1")),
  namesWhatIsWatched,
  {
    reads: [["product"], ["metric"]],
    refuse({ product, metric }) {
      return refusedAt(["metric"], metricRefusal(ALERT_PRODUCTS[product], metric));
    },
  },
  {
    reads: [["product"], ["metric"], ["trigger", "statistic"]],
    refuse({ product, metric, trigger: { statistic } }) {
      const found = metricOf(ALERT_PRODUCTS[product], metric);
      return refusedAt(["trigger", "statistic"], found && statisticRefusal(found, statistic));
    },
  },
  onlyForInstances(["emailSubject"], "ALR-8"),
];

/** Inputs of the resource `AlertRule`. */
export const alertRule = withRules(fields, rules);
export type AlertRuleInputs = z.output<typeof alertRule>;
