import { z } from "zod";
import { once } from "../once.ts";
import { csv, flag, integer, list, optional, text, withDefault } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import { commonParams, queriedResources, resourcesParam } from "./params.ts";
import { ruleRequest } from "./rule-params.ts";

/** Alert rules. Their targets are in `targets.ts`. */

const testedBy = ["test/service/cms/clients.test.ts", "test/service/cms/further.test.ts"];

/** Replaces all of a rule but its targets and its switch. Holds ALR-1 to ALR-7 and ALR-9. */
export const putResourceMetricRule = cmsAction({
  name: "PutResourceMetricRule",
  kind: "write",
  summary: "Makes or replaces an alert rule.",
  coverage: {
    missing:
      "rules are kept and do not fire yet; expressions over several metrics and PromQL are kept and not judged",
  },
  testedBy: [...testedBy, "test/service/cms/limits.test.ts"],
  request: ruleRequest,
  answer: outcome,
});

/**
 * Each as PutResourceMetricRule does. Those that are refused are named in FailedListResult, in an answer with HTTP 200;
 * the others are made. So a member is judged by `ruleOfSeveral` alone.
 */
export const putResourceMetricRules = cmsAction({
  name: "PutResourceMetricRules",
  kind: "write",
  summary: "Makes or replaces several alert rules.",
  coverage: { missing: "rules are kept and do not fire yet" },
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/more-actions.test.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      Rules: list(z.record(z.string(), z.unknown()), { min: 1, max: 500 }),
    }),
  answer: {
    ...outcome,
    FailedListResult: {
      Target: [{ RuleId: "string", Result: { Code: "string", Message: "string", Success: "boolean" } }],
    },
  },
});

/** No page says what Overwrite is where it is not sent: false is chosen. */
export const createMetricRuleResources = cmsAction({
  name: "CreateMetricRuleResources",
  kind: "write",
  summary: "Adds resources to those that an alert rule watches, or replaces them.",
  coverage: { missing: "a call without RuleId is refused" },
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/more-actions.test.ts"],
  request: () =>
    z.object({
      ...commonParams(),
      RuleId: text(),
      Resources: resourcesParam(100),
      Overwrite: withDefault(flag(), false),
    }),
  answer: outcome,
});

const level = {
  ComparisonOperator: "string",
  PreCondition: "string",
  Statistics: "string",
  Threshold: "string",
  Times: "integer",
} as const;

const label = { Key: "string", Value: "string" } as const;

const expression = {
  ComparisonOperator: "string",
  MetricName: "string",
  Period: "integer",
  Statistics: "string",
  Threshold: "string",
} as const;

/** A rule as it is listed; several names differ from those of the request. */
const listedRule = {
  AlertState: "string",
  CompositeExpression: {
    ExpressionList: { ExpressionList: [expression] },
    ExpressionListJoin: "string",
    ExpressionRaw: "string",
    Level: "string",
    Times: "integer",
  },
  /** Names joined by commas. */
  ContactGroups: "string",
  Dimensions: "string",
  EffectiveInterval: "string",
  EnableState: "boolean",
  Escalations: { Critical: level, Info: level, Warn: level },
  GmtCreate: "integer",
  GmtUpdate: "string",
  GroupId: "string",
  GroupName: "string",
  Labels: { Labels: [label] },
  MailSubject: "string",
  MetricName: "string",
  Namespace: "string",
  NoDataPolicy: "string",
  NoEffectiveInterval: "string",
  // One widely used tool reads a number only.
  Period: "numeral",
  ProductCategory: "string",
  Prometheus: { Annotations: { Annotations: [label] }, Level: "string", PromQL: "string", Times: "integer" },
  /** JSON text, or empty for all resources. */
  Resources: "string",
  RuleId: "string",
  RuleName: "string",
  SilenceTime: "integer",
  SourceType: "string",
  Webhook: "string",
} as const;

const states = once(() =>
  z.enum(["OK", "ALARM", "INSUFFICIENT_DATA"], {
    error: "must be OK, ALARM or INSUFFICIENT_DATA",
  }),
);

/** Published with Code as a number and Total as a string. RuleName is part of a name, the other filters are whole. */
export const describeMetricRuleList = cmsAction({
  name: "DescribeMetricRuleList",
  kind: "read",
  summary: "Lists alert rules.",
  coverage: {
    missing:
      "no application groups: with GroupId the list is empty, no GroupName; no PreCondition, ProductCategory",
  },
  testedBy,
  request: () =>
    z.object({
      ...commonParams(),
      RuleIds: optional(csv({ min: 1, max: 20 })),
      RuleName: optional(text()),
      Namespace: optional(text()),
      MetricName: optional(text()),
      AlertState: optional(states()),
      EnableState: optional(flag()),
      Dimensions: queriedResources(),
      GroupId: optional(text()),
      Page: withDefault(integer({ min: 1 }), 1),
      PageSize: withDefault(integer({ min: 1, max: 1000 }), 10),
    }),
  answer: { ...outcome, Alarms: { Alarm: [listedRule] }, Code: "integer", Total: "string" },
});

/** A disabled rule counts as such only. */
export const describeMetricRuleCount = cmsAction({
  name: "DescribeMetricRuleCount",
  kind: "read",
  summary: "Counts alert rules by state.",
  coverage: "whole",
  testedBy: ["test/service/cms/clients.test.ts"],
  request: () => z.object({ ...commonParams(), Namespace: optional(text()), MetricName: optional(text()) }),
  answer: {
    ...outcome,
    MetricRuleCount: {
      Alarm: "integer",
      Disable: "integer",
      Nodata: "integer",
      Ok: "integer",
      Total: "integer",
    },
  },
});

/** Where one of the rules does not exist none is switched. */
export const enableMetricRules = cmsAction({
  name: "EnableMetricRules",
  kind: "write",
  summary: "Enables alert rules.",
  coverage: "whole",
  testedBy: ["test/service/cms/clients.test.ts", "test/service/cms/infrastructure-tools.test.ts"],
  request: () => z.object({ ...commonParams(), RuleId: list(text(), { min: 1, max: 100 }) }),
  answer: outcome,
});

/** Where one of the rules does not exist none is switched. */
export const disableMetricRules = cmsAction({
  name: "DisableMetricRules",
  kind: "write",
  summary: "Disables alert rules.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), RuleId: list(text(), { min: 1, max: 20 }) }),
  answer: outcome,
});

/** A rule that does not exist is no failure. */
export const deleteMetricRules = cmsAction({
  name: "DeleteMetricRules",
  kind: "write",
  summary: "Deletes alert rules with their targets.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), Id: list(text(), { min: 1, max: 100 }) }),
  answer: outcome,
});
