import type { Shape } from "../../dts/shapes/shape.ts";

import { COMMON } from "./common.ts";

const LEVEL = {
  ComparisonOperator: "string",
  PreCondition: "string",
  Statistics: "string",
  Threshold: "string",
  Times: "integer",
} as const;
const PAIR = { Key: "string", Value: "string" } as const;

/** Published fields and types of the answers about alert rules. */
export const RULE_SHAPES: Readonly<Record<string, Shape>> = {
  DeleteMetricRuleTargets: { ...COMMON, FailIds: { TargetIds: { TargetId: ["string"] } } },
  DeleteMetricRules: COMMON,
  DescribeMetricRuleCount: {
    ...COMMON,
    MetricRuleCount: {
      Alarm: "integer",
      Disable: "integer",
      Nodata: "integer",
      Ok: "integer",
      Total: "integer",
    },
  },
  DescribeMetricRuleList: {
    ...COMMON,
    Alarms: {
      Alarm: [
        {
          AlertState: "string",
          CompositeExpression: {
            ExpressionList: {
              ExpressionList: [
                {
                  ComparisonOperator: "string",
                  MetricName: "string",
                  Period: "integer",
                  Statistics: "string",
                  Threshold: "string",
                },
              ],
            },
            ExpressionListJoin: "string",
            ExpressionRaw: "string",
            Level: "string",
            Times: "integer",
          },
          ContactGroups: "string",
          Dimensions: "string",
          EffectiveInterval: "string",
          EnableState: "boolean",
          Escalations: { Critical: LEVEL, Info: LEVEL, Warn: LEVEL },
          GmtCreate: "integer",
          GmtUpdate: "string",
          GroupId: "string",
          GroupName: "string",
          Labels: { Labels: [PAIR] },
          MailSubject: "string",
          MetricName: "string",
          Namespace: "string",
          NoDataPolicy: "string",
          NoEffectiveInterval: "string",
          // One widely used tool reads a number only.
          Period: "numeral",
          ProductCategory: "string",
          Prometheus: {
            Annotations: { Annotations: [PAIR] },
            Level: "string",
            PromQL: "string",
            Times: "integer",
          },
          Resources: "string",
          RuleId: "string",
          RuleName: "string",
          SilenceTime: "integer",
          SourceType: "string",
          Webhook: "string",
        },
      ],
    },
    Code: "integer",
    Total: "string",
  },
  DescribeMetricRuleTargets: {
    ...COMMON,
    Targets: { Target: [{ Arn: "string", Id: "string", JsonParams: "string", Level: "string" }] },
  },
  DisableMetricRules: COMMON,
  EnableMetricRules: COMMON,
  PutMetricRuleTargets: {
    ...COMMON,
    FailData: { Targets: { Target: [{ Arn: "string", Id: "string", Level: "string" }] } },
  },
  PutResourceMetricRule: COMMON,
  PutResourceMetricRules: {
    ...COMMON,
    FailedListResult: {
      Target: [{ RuleId: "string", Result: { Code: "string", Message: "string", Success: "boolean" } }],
    },
  },
};
