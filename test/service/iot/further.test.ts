import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { IOT_ERRORS } from "../../../contract/errors/index.ts";
import { iotRoom } from "../../../service/iot/index.ts";
import { startService } from "../../support/service.ts";
import { type Caller, callerOf } from "./support/clients.ts";
import {
  group,
  groupsOf,
  type IotService,
  listed,
  names,
  product,
  startIot,
  subscribe,
} from "./support/service.ts";

let iot: IotService;
let call: Caller;
beforeAll(async () => {
  iot = await startIot({
    settings: { rooms: { iot: { instances: ["iot-1", { id: "iot-2", region: "cn-shanghai" }] } } },
  });
  call = iot.call;
});
afterAll(() => iot.stop());
beforeEach(async () => void (await iot.service.admin("POST", "reset")));

const page = { CurrentPage: 1, PageSize: 10 };
const refuses = (promise: Promise<unknown>, code: string, said?: RegExp) =>
  expect(promise).rejects.toMatchObject({ code, ...(said ? { message: expect.stringMatching(said) } : {}) });

describe("failures", () => {
  it("of the product come with HTTP 200 and an own code each, those of the gateway do not", async () => {
    const entries = Object.values(IOT_ERRORS);
    expect(entries.filter((entry) => entry.httpStatus !== 200 || !entry.code.startsWith("iot."))).toEqual([]);
    expect(new Set(entries.map((entry) => entry.code)).size).toBe(entries.length);
    const unsigned = await fetch(
      `${iot.service.url}/?Action=DeleteConsumerGroup&Version=2018-01-20&GroupId=g`,
    );
    expect(unsigned.status).toBeGreaterThanOrEqual(400);
    const body = (await unsigned.json()) as Record<string, unknown>;
    expect(body).toMatchObject({ Success: false, Code: expect.any(String), Message: body.ErrorMessage });
  });
});

describe("subscriptions", () => {
  it("need a product, a type and, by type, groups or a queue; nothing is stored otherwise", async () => {
    const ProductKey = await product(call);
    const GroupId = await group(call, "billing");
    const create = (more: Record<string, unknown>) =>
      iot.any("CreateSubscribeRelation", { ProductKey, Type: "AMQP", ConsumerGroupIds: [GroupId], ...more });
    await refuses(create({ ProductKey: "a1none" }), "iot.prod.NotExistedProduct");
    await refuses(create({ Type: "HTTP" }), "iot.common.InvalidParameter", /Type must be AMQP or MNS/);
    await refuses(create({ Type: "" }), "MissingType");
    await refuses(create({ ConsumerGroupIds: [] }), "MissingConsumerGroupIds");
    await refuses(create({ ConsumerGroupIds: [GroupId, "none"] }), "iot.consumergroup.NotExisted", /none/);
    await refuses(create({ Type: "MNS" }), "MissingMnsConfiguration");
    await refuses(create({ Type: "MNS", MnsConfiguration: "{" }), "iot.common.InvalidParameter");
    await refuses(create({ DeviceDataFlag: "maybe" }), "iot.common.InvalidParameter", /DeviceDataFlag/);
    const query = { ProductKey, Type: "AMQP" };
    await refuses(call("QuerySubscribeRelation", query), "iot.subscribe.NotExisted");
    await create({ ConsumerGroupIds: [GroupId, GroupId] });
    expect(await groupsOf(call, ProductKey)).toEqual([GroupId]);
    await refuses(create({}), "iot.subscribe.AlreadyExists");
    await refuses(call("UpdateSubscribeRelation", { ProductKey, Type: "MNS" }), "iot.subscribe.NotExisted");
    await refuses(
      call("UpdateSubscribeRelation", { ...query, ConsumerGroupIds: ["none"] }),
      "iot.consumergroup.NotExisted",
    );
    expect(await groupsOf(call, ProductKey)).toEqual([GroupId]);
    await call("DeleteSubscribeRelation", query);
    await refuses(call("DeleteSubscribeRelation", query), "iot.subscribe.NotExisted");
  });

  it("take a group once and give back one that they have", async () => {
    const ProductKey = await product(call);
    const GroupId = await group(call, "billing");
    const relation = { ProductKey, ConsumerGroupId: GroupId };
    await refuses(call("CreateConsumerGroupSubscribeRelation", relation), "iot.subscribe.NotExisted");
    await subscribe(call, ProductKey, ["DEFAULT_GROUP"]);
    await refuses(call("DeleteConsumerGroupSubscribeRelation", relation), "iot.subscribe.NotExisted");
    await call("CreateConsumerGroupSubscribeRelation", relation);
    await refuses(call("CreateConsumerGroupSubscribeRelation", relation), "iot.subscribe.AlreadyExists");
    expect(await groupsOf(call, ProductKey)).toEqual(["DEFAULT_GROUP", GroupId]);
  });

  it("keep off the message types that a plain device or a queue does not have", async () => {
    const ProductKey = await product(call);
    const flags = { DeviceTopoLifeCycleFlag: true, FoundDeviceListFlag: true, OtaJobFlag: true };
    await call("CreateSubscribeRelation", {
      ProductKey,
      Type: "AMQP",
      ...flags,
      ConsumerGroupIds: ["DEFAULT_GROUP"],
    });
    expect(await call("QuerySubscribeRelation", { ProductKey, Type: "AMQP" })).toMatchObject({
      DeviceTopoLifeCycleFlag: false,
      FoundDeviceListFlag: false,
      OtaJobFlag: true,
    });
  });
});

describe("products", () => {
  it("are refused with the published codes, and nothing is stored", async () => {
    const create = (more: Record<string, unknown>) =>
      iot.any("CreateProduct", { ProductName: "meters", NodeType: 0, ...more });
    await refuses(create({ ProductName: "abc" }), "iot.prod.InvalidFormattedProductName", /3 wide/);
    await refuses(create({ NodeType: 2 }), "iot.prod.InvalidNodeType");
    await refuses(create({ Description: "d".repeat(101) }), "iot.prod.LongProductDesc");
    await refuses(create({ AliyunCommodityCode: "pro" }), "iot.prod.InvalidAliyunCommodityCode");
    await refuses(create({ AliyunCommodityCode: "iothub_senior" }), "MissingDataFormat");
    await refuses(create({ ProductName: "" }), "MissingProductName");
    expect((await call("QueryProductList", page)).Data).toMatchObject({ Total: 0, PageCount: 0 });
    await create({});
    await refuses(create({}), "iot.prod.AlreadyExistedProductName");
    await refuses(call("QueryProduct", { ProductKey: "a1none" }), "iot.prod.NotExistedProduct");
    await refuses(call("DeleteProduct", { ProductKey: "a1none" }), "iot.prod.NotExistedProduct");
  });
});

describe("lists", () => {
  it("come in pages, and a search needs its word", async () => {
    for (let n = 1; n <= 4; n += 1) await group(call, `group_${n}`);
    const second = await call("QueryConsumerGroupList", { CurrentPage: 2, PageSize: 2 });
    expect(second).toMatchObject({ Total: 5, PageCount: 3, CurrentPage: 2, PageSize: 2 });
    expect(second.Data).toMatchObject({
      ConsumerGroupDTO: [{ GroupName: "group_2" }, { GroupName: "group_3" }],
    });
    const ignored = await listed(call, { GroupName: "group_2" });
    expect(ignored).toHaveLength(5);
    await refuses(call("QueryConsumerGroupList", { ...page, Fuzzy: true }), "MissingGroupName");
    await refuses(call("QueryConsumerGroupList", { CurrentPage: 1 }), "MissingPageSize");
    for (const bad of [{ PageSize: 1001 }, { PageSize: 0 }, { CurrentPage: 0 }, { CurrentPage: "x" }]) {
      await refuses(iot.any("QueryConsumerGroupList", { ...page, ...bad }), "iot.common.InvalidPageParams");
    }
  });
});

describe("rules", () => {
  it("start only whole, have at most 10 actions, and go with them", async () => {
    const { RuleId } = await call("CreateRule", { Name: "feed" });
    await refuses(call("CreateRule", { Name: "feed" }), "iot.rule.RuleNameIsAlreadyExisted");
    await refuses(call("CreateRule", { Name: "to all" }), "iot.common.InvalidParameter", /Name must contain/);
    await refuses(call("StartRule", { RuleId }), "iot.rule.NullSqlForRule");
    const whole = await call("CreateRule", { Name: "whole", Select: "*", Topic: "/sys/+/+/thing" });
    await refuses(call("StartRule", { RuleId: whole.RuleId }), "iot.rule.NullForwardDestForRule");
    const action = (n: number) => ({ RuleId, Type: "REPUBLISH", Configuration: `{"topic":"/a/b/${n}"}` });
    for (let n = 1; n <= 10; n += 1) await call("CreateRuleAction", action(n));
    await refuses(call("CreateRuleAction", action(11)), "iot.rule.TooManyRuleAction");
    await refuses(call("CreateRuleAction", action(1)), "iot.rule.RuleActionIsAlreadyCreated");
    const bad = { ...action(1), RuleId: whole.RuleId };
    await refuses(call("CreateRuleAction", { ...bad, Type: "PIGEON" }), "iot.rule.IncorrentRuleActionType");
    await refuses(
      call("CreateRuleAction", { ...bad, Configuration: "{" }),
      "iot.ruleng.RuleActionConfigurationIsNotJson",
    );
    await refuses(call("CreateRuleAction", { ...bad, Type: "AMQP" }), "iot.rule.ParseRuleActionConfigError");
    await call("CreateRuleAction", bad);
    await call("StartRule", { RuleId: whole.RuleId });
    await refuses(call("StartRule", { RuleId: whole.RuleId }), "iot.ruleng.RuleAlreadyIsStarted");
    const { RuleActionList } = await call("ListRuleActions", { RuleId });
    const actions = (RuleActionList as { RuleActionInfo: { Id: number }[] }).RuleActionInfo;
    expect(actions).toHaveLength(10);
    await call("DeleteRule", { RuleId });
    await refuses(call("GetRuleAction", { ActionId: actions[0]?.Id }), "iot.rule.NotFoundRuleAction");
    await refuses(call("ListRuleActions", { RuleId }), "iot.rule.NotFoundRule");
  });
});

describe("instances and regions", () => {
  it("hold their own groups and products; an unknown instance is an error", async () => {
    const here = await group(call, "billing");
    const there = await group(call, "billing", { IotInstanceId: "iot-1" });
    expect(there).not.toBe(here);
    expect((await listed(call, { IotInstanceId: "iot-1" })).map((one) => one.GroupId)).toEqual([
      "DEFAULT_GROUP",
      there,
    ]);
    await refuses(call("QueryConsumerGroupByGroupId", { GroupId: there }), "iot.consumergroup.NotExisted");
    await refuses(
      call("DeleteConsumerGroup", { GroupId: here, IotInstanceId: "iot-1" }),
      "iot.consumergroup.NotExisted",
    );
    const lost = { GroupName: "billing", IotInstanceId: "iot-9" };
    await refuses(call("CreateConsumerGroup", lost), "iot.Sre.IotInstanceNotFound", /iot-9/);
    const ProductKey = await product(call, "meters", { IotInstanceId: "iot-1" });
    await refuses(subscribe(call, ProductKey, [here]), "iot.prod.NotExistedProduct");
  });

  it("an id is found without a region, and not in another one", async () => {
    const GroupId = await group(iot.any, "billing", { RegionId: "cn-shanghai" });
    // A list that names no region shows all of them.
    expect(await names(call)).toEqual(["DEFAULT_GROUP", "billing"]);
    expect(await listed(iot.any, { RegionId: "cn-hangzhou" })).toHaveLength(1);
    expect(await listed(iot.any, { RegionId: "cn-shanghai" })).toHaveLength(2);
    await call("QueryConsumerGroupByGroupId", { GroupId });
    await refuses(
      iot.any("QueryConsumerGroupByGroupId", { GroupId, RegionId: "cn-hangzhou" }),
      "iot.consumergroup.NotExisted",
    );
    const ProductKey = await product(call);
    await refuses(subscribe(call, ProductKey, [GroupId]), "iot.consumergroup.NotExisted", /cn-shanghai/);
    const elsewhere = { IotInstanceId: "iot-2", RegionId: "cn-hangzhou" };
    await refuses(group(iot.any, "billing", elsewhere), "iot.Sre.IotInstanceNotFound");
    await group(iot.any, "billing", { IotInstanceId: "iot-2" });
    expect(await listed(iot.any, { IotInstanceId: "iot-2", RegionId: "cn-shanghai" })).toHaveLength(2);
  });
});

describe("what is kept", () => {
  it("survives a kill, and a restored snapshot; no product secret is readable in it", async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "iot-"));
    const seed = join(dataDir, "seed.yaml");
    writeFileSync(
      seed,
      JSON.stringify({
        iot: {
          instances: [{ id: "iot-7" }],
          products: [{ name: "meters", productKey: "a1meters0001" }],
          groups: [{ name: "seeded" }, { name: "seeded", iotInstanceId: "iot-7" }],
        },
      }),
    );
    const service = await startService({
      dataDir: join(dataDir, "data"),
      asProcess: true,
      settings: { seedPath: seed },
    });
    try {
      const one = callerOf("SDK V3", service.url);
      const GroupId = await group(one, "billing");
      await subscribe(one, "a1meters0001", [GroupId, "DEFAULT_GROUP"]);
      const secret = (
        (await one("QueryProduct", { ProductKey: "a1meters0001" })).Data as Record<string, string>
      ).ProductSecret;
      await service.kill9();
      await service.restart();
      expect(await names(one)).toEqual(["DEFAULT_GROUP", "seeded", "billing"]);
      expect(await listed(one, { IotInstanceId: "iot-7" })).toHaveLength(2);
      expect(await groupsOf(one, "a1meters0001")).toEqual([GroupId, "DEFAULT_GROUP"]);
      const snapshot = await service.admin("GET", "snapshot");
      expect(JSON.stringify(snapshot)).not.toContain(secret);
      await one("DeleteSubscribeRelation", { ProductKey: "a1meters0001", Type: "AMQP" });
      await service.admin("POST", "restore", snapshot);
      expect(await groupsOf(one, "a1meters0001")).toEqual([GroupId, "DEFAULT_GROUP"]);
    } finally {
      await service.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });

  it("a malformed seed or setting names the place", async () => {
    const folder = mkdtempSync(join(tmpdir(), "iot-"));
    const seedPath = join(folder, "seed.yaml");
    writeFileSync(seedPath, JSON.stringify({ iot: { groups: [{ name: "ab" }] } }));
    const start = (settings: Record<string, unknown>) => startService({ rooms: [iotRoom], settings });
    await expect(start({ seedPath })).rejects.toThrow(/iot\.groups\[0\]\.name: .*2 wide/);
    writeFileSync(seedPath, JSON.stringify({ iot: { groups: [{ name: "abcd", iotInstanceId: "iot-x" }] } }));
    await expect(start({ seedPath })).rejects.toThrow(/no instance iot-x/);
    await expect(start({ rooms: { iot: { instance: [] } } })).rejects.toThrow(/rooms\.iot/);
    rmSync(folder, { recursive: true, force: true });
  });
});
