import type { Ask } from "./ask.ts";

const level = { Statistics: "Sum", ComparisonOperator: "GreaterThanThreshold", Threshold: "1", Times: "1" };
const rule = {
  RuleName: "lag",
  Namespace: "acs_rocketmq",
  MetricName: "ReadyMessages",
  ContactGroups: "on-call",
  Resources: '[{"instanceId":"rmq-1"}]',
};
const pairs = [{ Key: "k", Value: "v" }];

export async function cmsWorld(ask: Ask): Promise<void> {
  const Channels = {
    Mail: "alice@example.com",
    SMS: "86-13300000000",
    AliIM: "alice",
    DingWebHook: "https://oapi.example.com/robot/send?access_token=1",
  };
  await ask("PutContact", { ContactName: "alice", Describe: "d", Lang: "en", Channels });
  await ask("PutContactGroup", { ContactGroupName: "on-call", ContactNames: ["alice"], Describe: "d" });
  await ask("PutResourceMetricRule", {
    ...rule,
    RuleId: "by-level",
    Escalations: { Critical: level, Warn: level, Info: level },
    Labels: pairs,
    NoEffectiveInterval: "00:00-01:00",
    EmailSubject: "lag",
    Webhook: "https://example.com/hook",
  });
  const one = { MetricName: "ReadyMessages", ...level, Times: undefined, Period: 60 };
  await ask("PutResourceMetricRule", {
    ...rule,
    RuleId: "by-list",
    CompositeExpression: JSON.stringify({
      Level: "WARN",
      Times: 1,
      ExpressionListJoin: "&&",
      ExpressionList: [one],
    }),
  });
  await ask("PutResourceMetricRule", {
    ...rule,
    RuleId: "by-text",
    CompositeExpression: JSON.stringify({ Level: "WARN", Times: 1, ExpressionRaw: "$ReadyMessages > 1" }),
  });
  await ask("PutResourceMetricRule", {
    ...rule,
    RuleId: "by-query",
    Prometheus: JSON.stringify({ PromQL: "up", Level: "WARN", Times: 1, Annotations: pairs }),
  });
  const Arn = "acs:mns:cn-hangzhou:1:/queues/q/message";
  const target = { Id: "1", Arn, Level: "INFO", JsonParams: "{}" };
  await ask("PutMetricRuleTargets", { RuleId: "by-level", Targets: [target] });
  await reads(ask);
}

async function reads(ask: Ask): Promise<void> {
  for (const action of [
    "DescribeAlertHistoryList",
    "DescribeContactGroupList",
    "DescribeContactList",
    "DescribeMetricMetaList",
    "DescribeMetricRuleCount",
    "DescribeMetricRuleList",
    "DescribeProjectMeta",
  ])
    await ask(action);
  const now = Date.now();
  await ask("DescribeAlertLogList", { StartTime: now - 3_600_000, EndTime: now });
  await ask("DescribeContactListByContactGroup", { ContactGroupName: "on-call" });
  await ask("DescribeMetricRuleTargets", { RuleId: "by-level" });
  const metric = { Namespace: "acs_rocketmq", MetricName: "ReadyMessages" };
  for (const action of ["DescribeMetricLast", "DescribeMetricList"])
    await ask(action, { ...metric, Length: 1 });
  await ask("DescribeMetricTop", { ...metric, Orderby: "Average" });
}
