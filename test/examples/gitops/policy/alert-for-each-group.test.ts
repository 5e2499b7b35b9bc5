import { expect, it } from "vitest";
import { metricOf } from "../../../../contract/cms/metrics.ts";
import { alertForEachGroup } from "../../../../examples/gitops/policy/alert-for-each-group.ts";
import { ALERT_PRODUCTS } from "../../../../provider/schema/alert-rule.ts";
import { type Asked, stackViolationsOf, UNKNOWN } from "../../../support/policies.ts";

type Props = Record<string, unknown>;

const group = (name: string, props: Props = {}): Asked => ({
  kind: "ConsumerGroup",
  name,
  props: { platform: "changeTracking", name, instance: "dts1", ...props },
});
const alert = (props: Props, madeFrom: Asked["madeFrom"] = {}): Asked => ({
  kind: "AlertRule",
  name: "lag",
  props: { product: "changeTracking", metric: "ConsumerGroupDelay", range: { kind: "all" }, ...props },
  madeFrom,
});
const instances = (more: Props) => ({ range: { kind: "instances", instance: "dts1", ...more } });
const unwatched = async (all: Asked[], config?: object) =>
  (await stackViolationsOf(alertForEachGroup, all, config)).map((one) => one.name);

it("a group without a rule is told, at the group, with what to do", async () => {
  expect(await stackViolationsOf(alertForEachGroup, [group("payments-billing")])).toEqual([
    {
      name: "payments-billing",
      text: expect.stringMatching(/^payments-billing has no alert rule .* Add one/),
    },
  ]);
});

it("a rule on everything watches every group of its product, and none of another", async () => {
  const groups = [group("a"), group("b", { platform: "iot" })];
  expect(await unwatched([...groups, alert({})])).toEqual(["b"]);
  expect(await unwatched([...groups, alert({}), alert({ product: "iot" })])).toEqual([]);
});

it("a rule that was given the group watches it before ids are known", async () => {
  const rule = alert(instances({ instance: UNKNOWN, groups: [UNKNOWN] }), { range: ["a"] });
  const groups = [group("a", { instance: UNKNOWN }), group("b", { instance: UNKNOWN })];
  expect(await unwatched([...groups, rule])).toEqual(["b"]);
});

it("a rule that names the group by its id watches it, on the same instance alone", async () => {
  const made = group("a", { groupId: "dtsgroup1" });
  expect(await unwatched([made, alert(instances({ groups: ["dtsgroup1"] }))])).toEqual([]);
  expect(await unwatched([made, alert(instances({ groups: ["dtsgroup2"] }))])).toEqual(["a"]);
  expect(await unwatched([made, alert(instances({}))])).toEqual(["a"]);
  const elsewhere = instances({ instance: "dts2", groups: ["dtsgroup1"] });
  expect(await unwatched([made, alert(elsewhere)])).toEqual(["a"]);
  const things = { platform: "iot", instance: undefined, iotInstanceId: "iot-1", groupId: "g1" };
  const rule = { product: "iot", range: { kind: "instances", instance: "iot-1", groups: [UNKNOWN, "g1"] } };
  expect(await unwatched([group("a", things), alert(rule)])).toEqual([]);
});

it("a rule that is switched off, or on a metric that does not count, watches nothing", async () => {
  expect(await unwatched([group("a"), alert({ enabled: false })])).toEqual(["a"]);
  expect(await unwatched([group("a"), alert({ metric: "ChangeTrackingDelay" })])).toEqual(["a"]);
  const config = { metrics: ["ChangeTrackingDelay"] };
  expect(await unwatched([group("a"), alert({ metric: "ChangeTrackingDelay" })], config)).toEqual([]);
  expect(await unwatched([group("a"), alert({ enabled: UNKNOWN, metric: UNKNOWN })])).toEqual([]);
  expect(await unwatched([group("a"), alert({ range: UNKNOWN })])).toEqual(["a"]);
});

it("the metrics that count by themselves are published ones of groups, for every product", () => {
  const metrics = alertForEachGroup.configSchema?.properties.metrics?.default as string[];
  const found = Object.entries(ALERT_PRODUCTS).map(([product, namespace]) =>
    metrics.filter((name) => metricOf(namespace, name)?.of === "groupId").map((name) => [name, product]),
  );
  expect(found.map((one) => one.length > 0)).toEqual([true, true, true]);
  expect(found.flat().map(([name]) => name)).toEqual(metrics);
});
