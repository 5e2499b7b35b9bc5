import { z } from "zod";
import { ALWAYS, callbackUrl, LEVELS, MUTE_SECONDS, muteSeconds } from "../limits/cms.ts";
import { shown } from "../limits/message.ts";
import { oneOf, refuse } from "../limits/text.ts";
import { once } from "../once.ts";
import { integer, jsonText, list, optional, text, withDefault } from "../params.ts";
import { METRIC_PERIOD_SECONDS } from "./metrics.ts";
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
const RESOURCES_MAX = 1000;
const EXPRESSIONS_MAX = 100;

/** One level: all four members, or none of them. */
const condition = () =>
  optional(
    z.object({
      Statistics: text(),
      ComparisonOperator: operatorParam(),
      Threshold: thresholdParam(),
      Times: timesParam(),
    }),
  );

/** Other levels than the three have no means to tell anybody (ALR-7). */
const escalations = () =>
  optional(
    z
      .looseObject({ Critical: condition(), Warn: condition(), Info: condition() })
      .superRefine((value, ctx) => {
        const unknown = Object.keys(value).find((name) => !(LEVELS as readonly string[]).includes(name));
        if (unknown === undefined) return;
        refuse(ctx, `must hold only ${LEVELS.join(", ")}, got ${shown(unknown)}`, "ALR-7");
      }),
  );

const levelWord = once(() =>
  text(
    z.string().superRefine((value, ctx) => {
      if (/^(critical|warn|info)$/i.test(value)) return;
      refuse(ctx, `must be CRITICAL, WARN or INFO, got ${shown(value)}`, "ALR-7");
    }),
  ),
);

const composite = () =>
  z
    .object({
      Level: levelWord(),
      Times: timesParam(),
      ExpressionRaw: optional(text()),
      ExpressionListJoin: optional(oneOf(["&&", "||"])),
      ExpressionList: withDefault(
        list(
          z.object({
            MetricName: text(),
            ComparisonOperator: operatorParam(),
            Statistics: text(),
            Threshold: thresholdParam(),
            // Stored as sent (ALR-3): clients send periods here that are no whole minutes.
            Period: withDefault(integer({ min: 1 }), METRIC_PERIOD_SECONDS),
          }),
          { max: EXPRESSIONS_MAX },
        ),
        [],
      ),
    })
    .superRefine((value, ctx) => {
      if (value.ExpressionRaw !== undefined || value.ExpressionList.length > 0) return;
      refuse(ctx, "must hold ExpressionRaw or ExpressionList", "ALR-2");
    });

const prometheus = () =>
  z.object({
    PromQL: text(),
    Level: optional(levelWord()),
    // Clients that leave it out send 0.
    Times: z
      .preprocess(
        (value: number | string | undefined) => (value === 0 || value === "0" ? undefined : value),
        optional(timesParam()),
      )
      .optional(),
    Annotations: withDefault(labelsParam(), []),
  });

/** Request of PutResourceMetricRule. */
export const ruleRequest = () =>
  z.object({
    ...commonParams(),
    RuleId: text(),
    RuleName: text(),
    Namespace: text(),
    MetricName: text(),
    ContactGroups: contactGroupsParam(),
    Resources: optional(resourcesParam(RESOURCES_MAX)),
    Escalations: escalations(),
    CompositeExpression: optional(jsonText(composite())),
    Prometheus: optional(jsonText(prometheus())),
    Labels: withDefault(labelsParam(), []),
    Period: optional(periodParam()),
    Interval: optional(integer({ min: 1 })),
    SilenceTime: withDefault(digits(muteSeconds), MUTE_SECONDS.default),
    EffectiveInterval: withDefault(intervalParam(), ALWAYS),
    NoEffectiveInterval: optional(intervalParam()),
    NoDataPolicy: withDefault(oneOf(["KEEP_LAST_STATE", "INSUFFICIENT_DATA", "OK"]), "KEEP_LAST_STATE"),
    EmailSubject: optional(text()),
    Webhook: optional(callbackUrl),
  });

/** A rule among several: neither expressions over several metrics nor PromQL, and the resources are needed. */
export const ruleOfSeveral = () =>
  ruleRequest()
    .omit({ RegionId: true, CompositeExpression: true, Prometheus: true })
    .extend({ Resources: resourcesParam(100) });
