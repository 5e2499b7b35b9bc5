/*
 * Why: a program that the local service took and the cloud then refused was tried in vain. Each row is a statement of a
 * published page about one parameter, or about two that belong together.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ProductName } from "../../../contract/products.ts";
import { startService, type TestService } from "../../support/service.ts";
import { until } from "../dts/support/wait.ts";
import { order } from "../rocketmq/support/service.ts";
import { accepts, type Condition, call, type Params, refuses } from "./support/conditions.ts";
import { dtsConditions } from "./support/conditions-dts.ts";
import {
  cmsConditions,
  eventbridgeConditions,
  iotConditions,
  onsConditions,
} from "./support/conditions-others.ts";
import { rocketmqConditions } from "./support/conditions-rocketmq.ts";

let service: TestService;
beforeAll(async () => {
  // The port of an instance's clients is stored a moment after the instance, which a refused call must not be blamed for.
  service = await startService({ settings: { rooms: { rocketmq: { messages: false } } } });
});
afterAll(() => service.stop());

async function made(
  product: ProductName,
  action: string,
  params: Params,
  route?: [string, string],
): Promise<Record<string, unknown>> {
  const [method, path] = route ?? [];
  const how = { action, ...(method && path ? { method, path } : {}) };
  const { body, message } = await call(service, product, how, params);
  expect(body, message).toBeDefined();
  return body ?? {};
}

/** What must be there before the conditions of a product can be tried. */
const tables: Readonly<Record<string, () => Promise<readonly Condition[]>>> = {
  async rocketmq() {
    const id = String((await made("rocketmq", "", order, ["POST", "/instances"])).data);
    await until(
      () => made("rocketmq", "", {}, ["GET", `/instances/${id}`]),
      (answer) => (answer.data as Params).status === "RUNNING",
    );
    await made("rocketmq", "", { username: "somebody", password: "pw" }, [
      "POST",
      `/instances/${id}/accounts`,
    ]);
    return rocketmqConditions(id);
  },
  async dts() {
    const bought = await made("dts", "CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    return dtsConditions(String(bought.InstanceId));
  },
  async iot() {
    const rule = await made("iot", "CreateRule", { Name: "binary", DataType: "BINARY" });
    return iotConditions(String(rule.RuleId));
  },
  async cms() {
    const channels = { Channels: { Mail: "a@example.com" } };
    await made("cms", "PutContact", { ContactName: "Alice", Describe: "x", ...channels });
    await made("cms", "PutContactGroup", { ContactGroupName: "g", ContactNames: ["Alice"] });
    await made("cms", "PutResourceMetricRule", {
      RuleId: "r",
      RuleName: "r",
      Namespace: "acs_rocketmq",
      MetricName: "ReadyMessages",
      ContactGroups: "g",
      Escalations: {
        Info: { Statistics: "Sum", ComparisonOperator: "GreaterThanThreshold", Threshold: "1", Times: "1" },
      },
    });
    return cmsConditions();
  },
  eventbridge: async () => eventbridgeConditions(),
  async ons() {
    const instance = await made("ons", "OnsInstanceCreate", { InstanceName: "local" });
    const { InstanceId } = instance.Data as { InstanceId: string };
    await made("ons", "OnsGroupCreate", { InstanceId, GroupId: "GID_there" });
    await made("ons", "OnsTopicCreate", { InstanceId, Topic: "there", MessageType: 0 });
    return onsConditions(InstanceId);
  },
};

describe.each(Object.keys(tables) as ProductName[])("%s", (product) => {
  let conditions: readonly Condition[] = [];
  beforeAll(async () => {
    conditions = (await tables[product]?.()) ?? [];
  });

  it("refuses what the pages do not allow, by the published code, and stores nothing", async () => {
    expect(conditions.length).toBeGreaterThan(0);
    for (const one of conditions) await refuses(service, product, one);
  });

  it("accepts the nearest that they allow", async () => {
    for (const one of conditions) await accepts(service, product, one);
  });
});
