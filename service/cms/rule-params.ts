import { z } from "zod";
import { METRIC_PERIOD_SECONDS } from "../../contract/cms/metrics.ts";
import { ALWAYS, callbackUrl, LEVELS, MUTE_SECONDS, muteSeconds } from "../../contract/limits/cms.ts";
import { shown } from "../../contract/limits/message.ts";
import { oneOf, refuse } from "../../contract/limits/text.ts";
import { integer, jsonText, list, optional, text, withDefault } from "../../contract/params.ts";
import type { RuleWish } from "./engine/rules.ts";
import type { Composite, Condition, Label, Prometheus } from "./entities.ts";
import {
  commonParams,
  contactGroupsParam,
  digits,
  intervalParam,
  labelsParam,
  operatorParam,
  periodParam,
  resourcesParam,
  thresholdParam,
  timesParam,
} from "./params.ts";

/** Most resources in one rule, and conditions in one expression. */
const resourcesMax = 1000;
const expressionsMax = 100;

/** One level: all four members, or none of them. */
const condition = optional(
  z.object({
    Statistics: text(),
    ComparisonOperator: operatorParam,
    Threshold: thresholdParam,
    Times: timesParam,
  }),
);

/** Other levels than the three have no means to tell anybody (ALR-7). */
const escalations = optional(
  z.looseObject({ Critical: condition, Warn: condition, Info: condition }).superRefine((value, ctx) => {
    const unknown = Object.keys(value).find((name) => !(LEVELS as readonly string[]).includes(name));
    if (unknown === undefined) return;
    refuse(ctx, `must hold only ${LEVELS.join(", ")}, got ${shown(unknown)} [ALR-7]`);
  }),
);

const levelWord = text(
  z.string().superRefine((value, ctx) => {
    if (/^(critical|warn|info)$/i.test(value)) return;
    refuse(ctx, `must be CRITICAL, WARN or INFO, got ${shown(value)} [ALR-7]`);
  }),
);

const composite = z
  .object({
    Level: levelWord,
    Times: timesParam,
    ExpressionRaw: optional(text()),
    ExpressionListJoin: optional(oneOf(["&&", "||"])),
    ExpressionList: withDefault(
      list(
        z.object({
          MetricName: text(),
          ComparisonOperator: operatorParam,
          Statistics: text(),
          Threshold: thresholdParam,
          // Stored as sent (ALR-3): clients send periods here that are no whole minutes.
          Period: withDefault(integer({ min: 1 }), METRIC_PERIOD_SECONDS),
        }),
        { max: expressionsMax },
      ),
      [],
    ),
  })
  .superRefine((value, ctx) => {
    if (value.ExpressionRaw !== undefined || value.ExpressionList.length > 0) return;
    refuse(ctx, "must hold ExpressionRaw or ExpressionList [ALR-2]");
  });

const prometheus = z.object({
  PromQL: text(),
  Level: optional(levelWord),
  // Clients that leave it out send 0.
  Times: z.preprocess((value) => (value === 0 || value === "0" ? undefined : value), optional(timesParam)),
  Annotations: withDefault(labelsParam, []),
});

/** Request of PutResourceMetricRule. */
export const ruleRequest = z.object({
  ...commonParams,
  RuleId: text(),
  RuleName: text(),
  Namespace: text(),
  MetricName: text(),
  ContactGroups: contactGroupsParam,
  Resources: optional(resourcesParam(resourcesMax)),
  Escalations: escalations,
  CompositeExpression: optional(jsonText(composite)),
  Prometheus: optional(jsonText(prometheus)),
  Labels: withDefault(labelsParam, []),
  Period: optional(periodParam),
  Interval: optional(integer({ min: 1 })),
  SilenceTime: withDefault(digits(muteSeconds), MUTE_SECONDS.default),
  EffectiveInterval: withDefault(intervalParam, ALWAYS),
  NoEffectiveInterval: optional(intervalParam),
  NoDataPolicy: withDefault(oneOf(["KEEP_LAST_STATE", "INSUFFICIENT_DATA", "OK"]), "KEEP_LAST_STATE"),
  EmailSubject: optional(text()),
  Webhook: optional(callbackUrl),
});

type RuleInput = z.output<typeof ruleRequest>;

/** What a call wants of a rule. */
export function ruleWish(input: RuleInput): RuleWish {
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

function conditionOf(given: z.output<typeof condition>): Condition | undefined {
  return (
    given && {
      statistics: given.Statistics,
      comparisonOperator: given.ComparisonOperator,
      threshold: given.Threshold,
      times: given.Times,
    }
  );
}

function compositeOf(given: z.output<typeof composite> | undefined): Composite | undefined {
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

function prometheusOf(given: z.output<typeof prometheus> | undefined): Prometheus | undefined {
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
