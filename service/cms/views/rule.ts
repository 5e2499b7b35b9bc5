import { LEVELS, type Resource } from "../../../contract/limits/cms.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Composite, Condition, Label, Prometheus, Rule } from "../entities.ts";

/** A rule as it is listed. Names are doubled where they are so published; what was not sent is left out. */
export function ruleFields(kernel: Kernel, rule: Rule) {
  const conditions = LEVELS.flatMap((level) => {
    const condition = rule.levels[level];
    return condition ? [[level, conditionFields(condition)] as const] : [];
  });
  return {
    RuleId: rule.ruleId,
    RuleName: rule.name,
    Namespace: rule.namespace,
    MetricName: rule.metric,
    ContactGroups: rule.contactGroups.join(","),
    Resources: rule.resources,
    Dimensions: rule.resources,
    Period: rule.periodSeconds,
    SilenceTime: rule.silenceSeconds,
    EffectiveInterval: rule.effectiveInterval,
    NoDataPolicy: rule.noDataPolicy,
    EnableState: rule.enabled,
    AlertState: rule.state,
    SourceType: "METRIC",
    GmtCreate: rule.createdAtMs,
    GmtUpdate: String(rule.updatedAtMs),
    Escalations: conditions.length === 0 ? undefined : Object.fromEntries(conditions),
    CompositeExpression: rule.composite && compositeFields(rule.composite),
    Prometheus: rule.prometheus && prometheusFields(rule.prometheus),
    Labels: rule.labels.length === 0 ? undefined : { Labels: rule.labels.map(labelFields) },
    NoEffectiveInterval: rule.noEffectiveInterval,
    MailSubject: rule.emailSubject,
    Webhook: rule.sealedWebhook === undefined ? undefined : kernel.vault.open(rule.sealedWebhook),
  };
}

function conditionFields(condition: Condition) {
  return {
    Statistics: condition.statistics,
    ComparisonOperator: condition.comparisonOperator,
    Threshold: condition.threshold,
    Times: condition.times,
  };
}

function compositeFields({ level, times, expressionRaw, join, expressions }: Composite) {
  const list = expressions.map((one) => ({
    MetricName: one.metric,
    ComparisonOperator: one.comparisonOperator,
    Statistics: one.statistics,
    Threshold: one.threshold,
    Period: one.periodSeconds,
  }));
  return {
    Level: level,
    Times: times,
    ExpressionRaw: expressionRaw,
    ExpressionListJoin: join,
    ExpressionList: list.length === 0 ? undefined : { ExpressionList: list },
  };
}

function prometheusFields({ promQl, level, times, annotations }: Prometheus) {
  return {
    PromQL: promQl,
    Level: level,
    Times: times,
    Annotations: { Annotations: annotations.map(labelFields) },
  };
}

function labelFields({ key, value }: Label) {
  return { Key: key, Value: value };
}

/** Whether a rule watches a resource: all of them, one that has these dimensions, or all of one that it is part of. */
export function isWatched(rule: Rule, dimensions: Resource): boolean {
  if (rule.resources === "") return true;
  const watched = JSON.parse(rule.resources) as Resource[];
  return watched.some((one) => isPart(dimensions, one) || isPart(one, dimensions));
}

function isPart(part: Resource, whole: Resource): boolean {
  return Object.entries(part).every(([name, value]) => whole[name] === value);
}
