import type { KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { alertRuleKind as kind } from "../../../provider/runtime/resources/alert-rule/index.ts";
import type { TestService } from "../../support/service.ts";
import { type Kept, type Run, runOn } from "./groups.ts";

/** Inputs of a rule that the service takes once `contacts` has run. */
export const lagRule = (more: Properties = {}): Properties => ({
  product: "rocketmq",
  metric: "ConsumerLag",
  range: { kind: "instances", instance: "rmq-cn-1", groups: ["GID_billing", "GID_search"] },
  trigger: { statistic: "Sum", comparison: ">=", threshold: 100, times: 3 },
  contactGroups: ["on-call"],
  ...more,
});

export function alertIdentity(name: string, more: Partial<KnownIdentity> = {}): KnownIdentity {
  const self = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:AlertRule::${name}`;
  const nothing = { scope: undefined, declared: [], engine: undefined, region: undefined };
  return { self, logicalName: name, ...nothing, ...more };
}

/** Checks as the engine does before a create or an update; returns the checked inputs. */
export async function checkedRule(run: Run, name: string, inputs: Properties, olds: Properties = {}) {
  const identity = alertIdentity(name);
  const result = await kind.check(run, identity, olds, inputs);
  if (result.failures.length > 0) throw new Error(JSON.stringify(result.failures));
  run.memory.rememberUrn("AlertRule", result.inputs, identity.self ?? "");
  return result.inputs;
}

export async function createRule(run: Run, name: string, inputs: Properties): Promise<Kept> {
  const { id, outs } = await kind.create(run, await checkedRule(run, name, inputs));
  return { id, props: outs };
}

/** Updates as the engine does: nothing when the diff says so; fails when it would replace. */
export async function updateRule(run: Run, name: string, kept: Kept, inputs: Properties): Promise<Kept> {
  const news = await checkedRule(run, name, inputs, kept.props);
  const diff = await kind.diff(kept.props, news);
  if (diff.replaces.length > 0) throw new Error(`replaces ${diff.replaces.join(", ")}`);
  return diff.changes ? { id: kept.id, props: await kind.update(run, kept.id, kept.props, news) } : kept;
}

export async function refreshRule(run: Run, { id, props }: Kept): Promise<Kept & { inputs: Properties }> {
  const result = await kind.read(run, id, props);
  return { id: result.id, props: result.props, inputs: result.inputs ?? {} };
}

export const removeRule = (run: Run, { id, props }: Kept): Promise<void> => kind.delete(run, id, props);

/** CloudMonitor as somebody else sees and uses it. */
export function cmsByHand(service: TestService) {
  const run = runOn(service);
  const region = "cn-hangzhou";
  const call = (action: string, parameters: Properties = {}) =>
    run.api.call<Record<string, unknown>>(
      { product: "cms", region, action, parameters: { RegionId: region, ...parameters } },
      { repeat: "once" },
    );
  const rules = async (filter: Properties = {}) => {
    const { Alarms } = await call("DescribeMetricRuleList", { PageSize: 100, ...filter });
    return (Alarms as { Alarm: Properties[] }).Alarm;
  };
  return {
    call,
    rules,
    rule: async (RuleId: string) => (await rules({ RuleIds: RuleId }))[0],
    targets: async (RuleId: string) => {
      const { Targets } = await call("DescribeMetricRuleTargets", { RuleId });
      return (Targets as { Target: Properties[] }).Target;
    },
    /** A contact of that name in a group of that name. */
    contacts: async (group: string, Channels: Properties = { Mail: "ops@example.com" }) => {
      await call("PutContact", { ContactName: `one of ${group}`, Describe: "test", Channels });
      await call("PutContactGroup", { ContactGroupName: group, ContactNames: [`one of ${group}`] });
    },
    /** A rule as the console or another tool makes it. */
    put: (RuleId: string, more: Properties = {}) =>
      call("PutResourceMetricRule", {
        RuleId,
        RuleName: RuleId,
        Namespace: "acs_rocketmq",
        MetricName: "ConsumerLag",
        ContactGroups: "on-call",
        Resources: '[{"instanceId":"rmq-cn-1","groupId":"GID_billing"}]',
        Escalations: {
          Critical: {
            Statistics: "Sum",
            ComparisonOperator: "GreaterThanThreshold",
            Threshold: "5",
            Times: 1,
          },
        },
        ...more,
      }),
  };
}
