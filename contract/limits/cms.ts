import { z } from "zod";
import { type Metric, metricsOf, NAMESPACES } from "../cms/metrics.ts";
import type { Refusal } from "../validation/refusal.ts";
import { listed, nearest, shown } from "./message.ts";
import { boundedInteger, oneOf, refuse, ruled, stringOf, wrongType } from "./text.ts";

/** ALR-5: what is accepted, because the widest client documents and tests it, and from where the published page has it. */
export const MUTE_SECONDS = { min: 300, publishedMin: 3600, max: 86_400, default: 86_400 } as const;
/** ALR-3: most hits in a row that can be asked for. */
const TIMES_MAX = 2 ** 31 - 1;
/** ALR-3: a rule's period is a multiple of it; those inside composite expressions need not be. */
const PERIOD_STEP_SECONDS = 60;
/** ALR-8: the label that carries an e-mail's remark; labels are shown in notifications, and no parameter is for it. */
export const EMAIL_REMARK_LABEL = "emailRemark";
/** ALR-6: always, as published. */
export const ALWAYS = "00:00-23:59";

/** ALR-3: how a statistic is compared, by the short word where there is one. */
export const COMPARISONS = {
  ">=": "GreaterThanOrEqualToThreshold",
  ">": "GreaterThanThreshold",
  "<=": "LessThanOrEqualToThreshold",
  "<": "LessThanThreshold",
  "!=": "NotEqualToThreshold",
  "==": "EqualToThreshold",
  aboveYesterday: "GreaterThanYesterday",
  belowYesterday: "LessThanYesterday",
  aboveLastWeek: "GreaterThanLastWeek",
  belowLastWeek: "LessThanLastWeek",
  aboveLastPeriod: "GreaterThanLastPeriod",
  belowLastPeriod: "LessThanLastPeriod",
} as const;
export type ComparisonWord = keyof typeof COMPARISONS;
export const COMPARISON_WORDS = Object.keys(COMPARISONS) as [ComparisonWord, ...ComparisonWord[]];
export type ComparisonOperator = (typeof COMPARISONS)[ComparisonWord];
const operators = Object.values(COMPARISONS) as [ComparisonOperator, ...ComparisonOperator[]];

/** ALR-3: a published operator. */
export const comparisonOperator = oneOf(operators, "ALR-3");

/** ALR-7: what each level sends by, beside the callback that every level makes. */
export const LEVEL_MEANS = {
  Critical: ["Mail", "SMS", "DingWebHook"],
  Warn: ["Mail", "SMS", "DingWebHook"],
  Info: ["Mail", "DingWebHook"],
} as const;
export type Level = keyof typeof LEVEL_MEANS;
export const LEVELS = Object.keys(LEVEL_MEANS) as [Level, ...Level[]];

/** ALR-5. */
export const muteSeconds = boundedInteger(MUTE_SECONDS.min, MUTE_SECONDS.max, "seconds", "ALR-5");

/** ALR-3: consecutive hits. */
export const alertTimes = boundedInteger(1, TIMES_MAX, undefined, "ALR-3");

/** ALR-3. */
export const alertPeriodSeconds = ruled(z.number({ error: wrongType("a whole number of seconds") }), "ALR-3")
  .superRefine((value, ctx) => {
    if (Number.isInteger(value) && value >= PERIOD_STEP_SECONDS && value % PERIOD_STEP_SECONDS === 0) return;
    refuse(ctx, `must be a multiple of ${PERIOD_STEP_SECONDS} seconds, got ${value}`, "ALR-3");
  })
  .meta({ minimum: PERIOD_STEP_SECONDS, multipleOf: PERIOD_STEP_SECONDS });

const CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9]";
const PERIOD_FORM = new RegExp(`^${CLOCK}-${CLOCK}( [+-](0[0-9]|1[0-4])(00|15|30|45))?$`);

/** ALR-6: `HH:MM-HH:MM`, then perhaps a blank and a zone as `+0800`. The end may be before the start: it crosses midnight. */
export const effectivePeriod = stringOf("a string", "ALR-6")
  .superRefine((value, ctx) => {
    if (PERIOD_FORM.test(value)) return;
    const form = "HH:MM-HH:MM, or HH:MM-HH:MM +0800 with a zone";
    refuse(ctx, `must read ${form}, got ${shown(value)}`, "ALR-6");
  })
  .meta({ pattern: PERIOD_FORM.source });

/** ALR-9. The address may hold a key, so it is in no message. */
export const callbackUrl = stringOf("a URL", "ALR-9").superRefine((value, ctx) => {
  if (isHttpUrl(value)) return;
  refuse(ctx, "must be an http or https URL with a host", "ALR-9");
});

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) return false;
  return new URL(text).hostname !== "";
}

const PRIVATE_V4 =
  /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;
const PRIVATE_V6 = /^\[(::1?|f[cd].*|fe[89ab].*)\]$/;
const PRIVATE_NAME = /^[^.[]+$|\.(localhost|local|internal|lan)$/;

/** ALR-9: whether the Internet cannot reach the host of a URL: loopback, private and link-local addresses, names without a dot. */
export function isPrivateUrl(url: string): boolean {
  if (!isHttpUrl(url)) return false;
  const { hostname } = new URL(url);
  if (/^[\d.]+$/.test(hostname)) return PRIVATE_V4.test(hostname);
  return PRIVATE_V6.test(hostname) || PRIVATE_NAME.test(hostname);
}

const ARN_HEAD = "acs:SERVICE:[a-z0-9-]+:[A-Za-z0-9_*-]*:";
const arn = (service: string, rest: string) => new RegExp(`^${ARN_HEAD.replace("SERVICE", service)}${rest}$`);

/** ALR-10: what an alert can act on, by the name it has in programs. */
export const TARGET_ARNS = {
  autoScaling: {
    form: "acs:ess:{region}:{account}:scalingGroupId/{group}:scalingRuleId/{rule}",
    pattern: arn("ess", "scalingGroupId/[^:/\\s]+:scalingRuleId/[^:/\\s]+"),
  },
  logService: {
    form: "acs:log:{region}:{account}:project/{project}/logstore/{logstore}",
    pattern: arn("log", "project/[^:/\\s]+/logstore/[^:/\\s]+"),
  },
  queue: {
    form: "acs:mns:{region}:{account}:/queues/{queue}/message",
    pattern: arn("mns", "/(queues|topics)/[^:/\\s]+/message"),
  },
  function: {
    form: "acs:fc:{region}:{account}:services/{service}/functions/{function}",
    pattern: arn("fc", "services/[^:/\\s]+/functions/[^:/\\s]+"),
  },
  openApi: {
    form: "acs:openapi:{region}:{account}:{product}/{action}/{version}/{role}",
    pattern: arn("openapi", "[^:/\\s]+/[^:/\\s]+/[^:/\\s]+/[^:/\\s]+"),
  },
} as const;
export type TargetKind = keyof typeof TARGET_ARNS;

/** ALR-10: the ARN of a target of one kind. */
export function targetArn(kind: TargetKind) {
  const { form, pattern } = TARGET_ARNS[kind];
  return stringOf("an ARN", "ALR-10")
    .superRefine((value, ctx) => {
      if (!pattern.test(value)) refuse(ctx, `must read ${form}, got ${shown(value)}`, "ALR-10");
    })
    .meta({ pattern: pattern.source });
}

/** Whether an ARN is one that a rule can have as a target. */
export function isTargetArn(text: string): boolean {
  return Object.values(TARGET_ARNS).some(({ pattern }) => pattern.test(text));
}

/** ALR-4: why there is no such metric. To be put behind the name of the field; undefined when there is one. */
export function metricRefusal(namespace: string, name: string): Refusal | undefined {
  const metrics = metricsOf(namespace);
  if (metrics === undefined) return namespaceRefusal(namespace);
  if (metrics.some((metric) => metric.name === name)) return undefined;
  const names = metrics.map((metric) => metric.name);
  const meant = nearest(name, names);
  const hint = meant === undefined ? `it has ${names.join(", ")}` : `did you mean ${meant}?`;
  return { text: `must be a metric of ${namespace}, got ${shown(name)}; ${hint}`, rule: "ALR-4" };
}

/** ALR-4. */
export function namespaceRefusal(namespace: string): Refusal {
  const known = NAMESPACES.join(", ");
  return { text: `must be one of ${known}, got ${shown(namespace)}`, rule: "ALR-4" };
}

/** ALR-3: why a metric cannot be judged by a statistic; undefined when it can. */
export function statisticRefusal(metric: Metric, statistic: string): Refusal | undefined {
  if ((metric.statistics as readonly string[]).includes(statistic)) return undefined;
  return {
    text: `must be ${listed(metric.statistics)} for ${metric.name}, got ${shown(statistic)}`,
    rule: "ALR-3",
  };
}

/** ALR-1: every resource of the account. */
export const ALL_RESOURCES = { resource: "_ALL" } as const;
/** One resource that a rule watches: values by dimension. */
export type Resource = Readonly<Record<string, string>>;

/** ALR-1: why a metric has no such resource; undefined when it has. To be put behind the name of the field. */
export function resourceRefusal(metric: Metric, resource: Resource): Refusal | undefined {
  const names = Object.keys(resource);
  if (names.length === 1 && resource.resource === ALL_RESOURCES.resource) return undefined;
  const known = ["userId", "regionId", ...metric.dimensions];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const expected = `dimensions of ${metric.name} (${known.join(", ")})`;
    return { text: `must hold only ${expected}, got ${shown(unknown)}`, rule: "ALR-1" };
  }
  const narrows = names.some((name) => name !== "userId");
  // An instance alone means all that the metric is of in it: the published example has that form.
  if (!narrows || names.includes(metric.of) || names.includes("instanceId")) return undefined;
  return {
    text: `must name ${metric.of} where it names ${listed(names)}; leave it out to watch all resources`,
    rule: "ALR-1",
  };
}
