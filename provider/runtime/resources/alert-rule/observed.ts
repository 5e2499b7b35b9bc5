import { METRIC_PERIOD_SECONDS } from "../../../../contract/cms/metrics.ts";
import {
  ALWAYS,
  COMPARISONS,
  EMAIL_REMARK_LABEL,
  LEVELS,
  type Level,
  MUTE_SECONDS,
  type Resource,
} from "../../../../contract/limits/cms.ts";
import { ALERT_METHODS } from "../../../schema/alert-parts.ts";
import { ALERT_PRODUCTS } from "../../../schema/alert-rule.ts";
import type { RuleRecord, TargetRecord } from "../../api/cms.ts";
import { isEqual } from "../../equal.ts";
import { parsedResources } from "../../observe/alert-rules.ts";
import type { Properties } from "../../resource.ts";
import { wordOf } from "../shared/inputs.ts";
import type { RuleInputs } from "./inputs.ts";
import { isSameResources, rangeOf, resourcesOf } from "./range.ts";
import { DEFAULT_METHODS } from "./request.ts";
import { observedTargets } from "./targets.ts";

/** A rule as the service has it. */
export interface Observed {
  readonly rule: RuleRecord;
  readonly targets: readonly TargetRecord[];
}

/** What the service does where nothing is said. */
const DEFAULTS: Properties = {
  periodSeconds: METRIC_PERIOD_SECONDS,
  muteSeconds: MUTE_SECONDS.default,
  effectivePeriod: ALWAYS,
  methods: DEFAULT_METHODS,
  enabled: true,
};

/** Inputs that one PutResourceMetricRule sets. */
export const RULE_KEYS = [
  "name",
  "range",
  "periodSeconds",
  "trigger",
  "muteSeconds",
  "effectivePeriod",
  "contactGroups",
  "methods",
  "emailSubject",
  "emailRemark",
  "callbackUrl",
] as const;

/**
 * The inputs that would make the rule as it is: those declared wherever they say the same as the service, so that
 * only what was changed by hand differs. With nothing declared (`.get()`) all of them, defaults too.
 */
export function observedInputs(
  declared: Partial<RuleInputs>,
  observed: Observed,
  isManaged = true,
): Properties {
  const seen = everything(observed);
  const pairs = Object.entries(seen).flatMap(([key, value]) => {
    const given = (declared as Properties)[key];
    const meant = given ?? (isManaged ? DEFAULTS[key] : undefined);
    const kept = isSame(key, meant, value, observed) ? given : value;
    return kept === undefined ? [] : [[key, kept]];
  });
  return Object.fromEntries(pairs);
}

/** Which of the keys the service has otherwise than declared. */
export function driftOf(declared: RuleInputs, observed: Observed, keys: readonly string[]): string[] {
  const seen = observedInputs(declared, observed);
  return keys.filter((key) => !isEqual(seen[key], (declared as Properties)[key]));
}

function everything({ rule, targets }: Observed): Properties {
  const conditions = LEVELS.flatMap((level) => rule.Escalations?.[level] ?? []);
  const methods = Object.entries(ALERT_METHODS).flatMap(([word, level]) =>
    rule.Escalations?.[level] === undefined ? [] : [word],
  );
  const remark = rule.Labels?.Labels?.find(({ Key }) => Key === EMAIL_REMARK_LABEL)?.Value;
  return {
    name: rule.RuleName,
    product: wordOf(ALERT_PRODUCTS, rule.Namespace) ?? rule.Namespace,
    range: rangeOf(rule.Resources),
    metric: rule.MetricName,
    periodSeconds: numberOf(rule.Period),
    trigger: conditions[0] && triggerOf(conditions[0]),
    muteSeconds: numberOf(rule.SilenceTime),
    effectivePeriod: rule.EffectiveInterval || undefined,
    contactGroups: (rule.ContactGroups ?? "").split(",").filter((name) => name !== ""),
    methods,
    targets: observedTargets(targets),
    emailSubject: rule.MailSubject || undefined,
    emailRemark: remark,
    callbackUrl: rule.Webhook || undefined,
    enabled: rule.EnableState,
  };
}

function isSame(key: string, meant: unknown, seen: unknown, { rule }: Observed): boolean {
  if (meant === undefined) return isEqual(meant, seen);
  switch (key) {
    case "range":
      return isSameResources(
        resourcesOf(meant as RuleInputs["range"]),
        allOr(parsedResources(rule.Resources)),
      );
    case "trigger":
      // Every level has the same condition, unless somebody has changed one of them.
      return LEVELS.every((level) => {
        const condition = rule.Escalations?.[level];
        return condition === undefined || isEqual(meant, triggerOf(condition));
      });
    case "contactGroups":
    case "methods":
      return isEqual([...new Set(meant as string[])].sort(), [...(seen as string[])].sort());
    case "effectivePeriod":
      // The service may add its zone.
      return seen === meant || (typeof seen === "string" && seen.replace(/ [+-]\d{4}$/, "") === meant);
    case "targets":
      return isEqual(withoutMissing(meant), withoutMissing(seen));
    default:
      return isEqual(meant, seen);
  }
}

function triggerOf(condition: NonNullable<NonNullable<RuleRecord["Escalations"]>[Level]>): Properties {
  return {
    statistic: condition.Statistics,
    comparison: wordOf(COMPARISONS, condition.ComparisonOperator) ?? condition.ComparisonOperator,
    threshold: numberOf(condition.Threshold),
    times: numberOf(condition.Times),
  };
}

/** No resource and the word for all of them are the same. */
function allOr(resources: Resource[] | undefined): Resource[] {
  return resources?.length === 0 ? resourcesOf({ kind: "all" }) : (resources ?? []);
}

function withoutMissing(value: unknown): Properties {
  const entries = Object.entries((value ?? {}) as Properties);
  return Object.fromEntries(entries.filter(([, one]) => one !== undefined));
}

function numberOf(value: unknown): number | undefined {
  return value === undefined || value === null || value === "" ? undefined : Number(value);
}
