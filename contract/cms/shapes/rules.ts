import type { Shape } from "../../dts/shapes/shape.ts";

import { COMMON } from "./common.ts";

const LEVEL = {
  ComparisonOperator: "text",
  PreCondition: "text",
  Statistics: "text",
  Threshold: "text",
  Times: "integer",
} as const;
const PAIR = { Key: "text", Value: "text" } as const;

/** Published fields and types of the answers about alert rules. */
export const RULE_SHAPES: Readonly<Record<string, Shape>> = {
  DeleteMetricRuleTargets: { ...COMMON, FailIds: { TargetIds: { TargetId: ["text"] } } },
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
          AlertState: "text",
          CompositeExpression: {
            ExpressionList: {
              ExpressionList: [
                {
                  ComparisonOperator: "text",
                  MetricName: "text",
                  Period: "integer",
                  Statistics: "text",
                  Threshold: "text",
                },
              ],
            },
            ExpressionListJoin: "text",
            ExpressionRaw: "text",
            Level: "text",
            Times: "integer",
          },
          ContactGroups: "text",
          Dimensions: "text",
          EffectiveInterval: "text",
          EnableState: "flag",
          Escalations: { Critical: LEVEL, Info: LEVEL, Warn: LEVEL },
          GmtCreate: "integer",
          GmtUpdate: "text",
          GroupId: "text",
          GroupName: "text",
          Labels: { Labels: [PAIR] },
          MailSubject: "text",
          MetricName: "text",
          Namespace: "text",
          NoDataPolicy: "text",
          NoEffectiveInterval: "text",
          // One widely used tool reads a number only.
          Period: "numeral",
          ProductCategory: "text",
          Prometheus: {
            Annotations: { Annotations: [PAIR] },
            Level: "text",
            PromQL: "text",
            Times: "integer",
          },
          Resources: "text",
          RuleId: "text",
          RuleName: "text",
          SilenceTime: "integer",
          SourceType: "text",
          Webhook: "text",
        },
      ],
    },
    Code: "integer",
    Total: "text",
  },
  DescribeMetricRuleTargets: {
    ...COMMON,
    Targets: { Target: [{ Arn: "text", Id: "text", JsonParams: "text", Level: "text" }] },
  },
  DisableMetricRules: COMMON,
  EnableMetricRules: COMMON,
  PutMetricRuleTargets: {
    ...COMMON,
    FailData: { Targets: { Target: [{ Arn: "text", Id: "text", Level: "text" }] } },
  },
  PutResourceMetricRule: COMMON,
  PutResourceMetricRules: {
    ...COMMON,
    FailedListResult: {
      Target: [{ RuleId: "text", Result: { Code: "text", Message: "text", Success: "flag" } }],
    },
  },
};
