import type { z } from "zod";
import type { ruleRequest } from "../../contract/cms/rule-params.ts";
import type { RuleInput } from "./engine/rules.ts";
import type { Composite, Condition, Label, Prometheus } from "./entities.ts";

type Request = z.output<ReturnType<typeof ruleRequest>>;

/** A rule as a call describes it. */
export function ruleInput(input: Request): RuleInput {
  const { Critical, Warn, Info } = input.Escalations ?? {};
  return {
    ruleId: input.RuleId,
    name: input.RuleName,
    namespace: input.Namespace,
    metric: input.MetricName,
    resources: input.Resources?.text ?? "",
    watched: input.Resources?.list ?? [],
    contactGroups: input.ContactGroups,
    levels: { Critical: conditionOf(Critical), Warn: conditionOf(Warn), Info: conditionOf(Info) },
    composite: compositeOf(input.CompositeExpression),
    prometheus: prometheusOf(input.Prometheus),
    labels: input.Labels.map(labelOf),
    periodSeconds: input.Period,
    silenceSeconds: input.SilenceTime,
    effectiveInterval: input.EffectiveInterval,
    noEffectiveInterval: input.NoEffectiveInterval,
    noDataPolicy: input.NoDataPolicy,
    emailSubject: input.EmailSubject,
    webhook: input.Webhook,
  };
}

function conditionOf(given: NonNullable<Request["Escalations"]>["Info"]): Condition | undefined {
  return (
    given && {
      statistics: given.Statistics,
      comparisonOperator: given.ComparisonOperator,
      threshold: given.Threshold,
      times: given.Times,
    }
  );
}

function compositeOf(given: Request["CompositeExpression"]): Composite | undefined {
  return (
    given && {
      level: given.Level,
      times: given.Times,
      expressionRaw: given.ExpressionRaw,
      join: given.ExpressionListJoin,
      expressions: given.ExpressionList.map((one) => ({
        metric: one.MetricName,
        comparisonOperator: one.ComparisonOperator,
        statistics: one.Statistics,
        threshold: one.Threshold,
        periodSeconds: one.Period,
      })),
    }
  );
}

function prometheusOf(given: Request["Prometheus"]): Prometheus | undefined {
  return (
    given && {
      promQl: given.PromQL,
      level: given.Level,
      times: given.Times,
      annotations: given.Annotations.map(labelOf),
    }
  );
}

function labelOf({ Key, Value }: { readonly Key: string; readonly Value: string }): Label {
  return { key: Key, value: Value };
}
