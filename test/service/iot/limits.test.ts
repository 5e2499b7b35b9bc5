import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { GroupActivity } from "../../../service/core/kit/ports.ts";
import { type Caller, callerOf, type Refused } from "./support/clients.ts";
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

const live = new Map<string, GroupActivity>();
const zero: GroupActivity = {
  connectedClients: 0,
  accumulatedMessages: 0,
  consumedPerMinute: 0,
  clients: [],
};
let iot: IotService;
let call: Caller;
beforeAll(async () => {
  iot = await startIot({
    plane: {
      activity: (kind, key) => live.get(`${kind}:${key}`) ?? zero,
      clear(kind, key) {
        live.set(`${kind}:${key}`, { ...(live.get(`${kind}:${key}`) ?? zero), accumulatedMessages: 0 });
      },
    },
  });
  call = iot.call;
});
afterAll(() => iot.stop());
beforeEach(async () => {
  live.clear();
  await iot.service.admin("POST", "reset");
});

const refusal = (promise: Promise<unknown>): Promise<Refused> =>
  promise.then(
    (answer) => Promise.reject(new Error(`was accepted: ${JSON.stringify(answer)}`)),
    (error: Refused) => error,
  );

/** Everything that the room has stored. */
const held = async () => ((await iot.service.admin("GET", "snapshot")).rooms as { iot: unknown }).iot;

describe("names of consumer groups", () => {
  const cases: [string, string, string, string, string][] = [
    ["3 letters", "abc", '"abc" is 3 wide', "abcd", "IOT-1"],
    ["31 letters", "a".repeat(31), "is 31 wide", "a".repeat(30), "IOT-1"],
    ["one Chinese character", "消", '"消" is 2 wide', "消费", "IOT-1"],
    ["one Chinese character and a letter", "消A", '"消A" is 3 wide', "消AB", "IOT-1"],
    ["15 Chinese characters and a letter", `${"消".repeat(15)}A`, "is 31 wide", "消".repeat(15), "IOT-1"],
    ["16 katakana", "カ".repeat(16), "is 32 wide", "カ".repeat(15), "IOT-1"],
    ["16 half-width katakana", "ｶ".repeat(16), "is 32 wide", "ｶ".repeat(15), "IOT-1"],
    ["16 of a supplementary plane", "𠮷".repeat(16), "is 32 wide", "𠮷".repeat(15), "IOT-1"],
    ["marks 々 and ー", "々ー".repeat(8), "is 32 wide", `${"々ー".repeat(7)}々`, "IOT-1"],
    ["a hyphen", "ab-c", '"-" (U+002D)', "ab_c", "IOT-2"],
    ["a space", "ab c", '" " (U+0020)', "abcc", "IOT-2"],
    ["a full-width letter", "Ａbcd", '"Ａ" (U+FF21)', "Abcd", "IOT-2"],
    ["a full-width digit", "abc１", '"１" (U+FF11)', "abc1", "IOT-2"],
    ["a Hangul syllable", "한abcd", '"한" (U+D55C)', "漢abcd", "IOT-2"],
    ["an accent", "café", '"é" (U+00E9)', "cafe", "IOT-2"],
    ["an emoji", "abc😀", '"😀" (U+1F600)', "abc消", "IOT-2"],
  ];

  it.each(cases)("IOT-1 IOT-2 service: %s", async (_, refused, said, accepted, rule) => {
    const GroupId = await group(call, "present");
    for (const [action, field] of [
      ["CreateConsumerGroup", { GroupName: refused }],
      ["UpdateConsumerGroup", { GroupId, NewGroupName: refused }],
    ] as const) {
      const error = await refusal(call(action, field));
      expect(error.code, action).toBe("iot.consumergroup.InvalidName");
      expect(error.message).toContain(said);
      expect(error.message.endsWith(`[${rule}]`), error.message).toBe(true);
      expect(await names(call)).toEqual(["DEFAULT_GROUP", "present"]);
    }
    await call("CreateConsumerGroup", { GroupName: accepted });
    expect(await names(call)).toEqual(["DEFAULT_GROUP", "present", accepted]);
  });

  it("IOT-1 service: the width of a mixed name is counted as documented", async () => {
    expect((await refusal(call("CreateConsumerGroup", { GroupName: "消费组A-" }))).message).toContain(
      "[IOT-2]",
    );
    const long = `消费组${"A".repeat(25)}`;
    expect((await refusal(call("CreateConsumerGroup", { GroupName: long }))).message).toContain(
      `"${long}" is 31 wide [IOT-1]`,
    );
  });

  it("are unique in an instance, also for two callers at once", async () => {
    const first = await group(call, "billing");
    const again = await refusal(call("CreateConsumerGroup", { GroupName: "billing" }));
    expect(again).toMatchObject({ code: "iot.consumergroup.NameExisted" });
    expect(again.message).toContain(first);
    const other = await group(call, "shipping");
    const taken = await refusal(call("UpdateConsumerGroup", { GroupId: other, NewGroupName: "billing" }));
    expect(taken.code).toBe("iot.consumergroup.NameExisted");
    await call("UpdateConsumerGroup", { GroupId: other, NewGroupName: "shipping" });
    const callers = [callerOf("SDK v2", iot.service.url), callerOf("pop-core GET", iot.service.url)];
    for (let round = 0; round < 5; round += 1) {
      const GroupName = `race_${round}`;
      const results = await Promise.allSettled(
        callers.map((one) => one("CreateConsumerGroup", { GroupName })),
      );
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
    }
  });
});

describe("the default group", () => {
  it("IOT-4 service: is there, and is neither changed nor deleted; another group is", async () => {
    const GroupId = "DEFAULT_GROUP";
    expect((await call("QueryConsumerGroupByGroupId", { GroupId })).Data).toMatchObject({ GroupId });
    const before = await listed(call);
    for (const attempt of [
      call("UpdateConsumerGroup", { GroupId, NewGroupName: "mine" }),
      call("DeleteConsumerGroup", { GroupId }),
      call("CreateConsumerGroup", { GroupName: "DEFAULT_GROUP" }),
    ]) {
      const error = await refusal(attempt);
      expect(error.code).toBe("iot.consumergroup.DefaultGroupOperationDenied");
      expect(error.message).toContain("[IOT-4]");
    }
    expect(await listed(call)).toEqual(before);
    const other = await group(call, "DEFAULT_GROUP_2");
    await call("UpdateConsumerGroup", { GroupId: other, NewGroupName: "mine" });
    await call("DeleteConsumerGroup", { GroupId: other });
    const key = await product(call);
    await subscribe(call, key, [GroupId]);
    expect(await groupsOf(call, key)).toEqual([GroupId]);
    expect((await refusal(call("DeleteConsumerGroup", { GroupId }))).message).toContain("[IOT-4]");
  });
});

describe("unsubscribing before deleting", () => {
  it("IOT-5 service: a subscribed group is not deleted, and its products are listed", async () => {
    const GroupId = await group(call, "billing");
    const other = await group(call, "shipping");
    const meters = await product(call, "meters");
    const gates = await product(call, "gates");
    await product(call, "pumps");
    await subscribe(call, meters, [GroupId, other]);
    await subscribe(call, gates, [GroupId]);
    const error = await refusal(call("DeleteConsumerGroup", { GroupId }));
    expect(error.code).toBe("iot.consumergroup.HasSubscribeRelation");
    expect(error.message).toContain(`gates (${gates}), meters (${meters}).`);
    expect(error.message).not.toContain("pumps");
    expect(error.message).toContain("[IOT-5]");
    expect(error.body).toMatchObject({ Success: false });
    expect(error.body).not.toHaveProperty("Message");
    expect(await names(call)).toEqual(["DEFAULT_GROUP", "billing", "shipping"]);
    expect(await groupsOf(call, meters)).toEqual([GroupId, other]);
    await call("DeleteConsumerGroupSubscribeRelation", { ProductKey: meters, ConsumerGroupId: GroupId });
    await call("DeleteSubscribeRelation", { ProductKey: gates, Type: "AMQP" });
    await call("DeleteConsumerGroup", { GroupId });
    expect(await names(call)).toEqual(["DEFAULT_GROUP", "shipping"]);
  });

  it("IOT-6 service: a subscription keeps its last group; with another one it is taken off", async () => {
    const last = await group(call, "billing");
    const other = await group(call, "shipping");
    const ProductKey = await product(call);
    await subscribe(call, ProductKey, [last]);
    const error = await refusal(
      call("DeleteConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: last }),
    );
    expect(error.code).toBe("iot.subscribe.OnlyOneConsumerGroup");
    expect(error.message).toContain("[IOT-6]");
    expect(await groupsOf(call, ProductKey)).toEqual([last]);
    await call("CreateConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: other });
    await call("DeleteConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: last });
    expect(await groupsOf(call, ProductKey)).toEqual([other]);
    await call("UpdateSubscribeRelation", { ProductKey, Type: "AMQP", ConsumerGroupIds: [last] });
    expect(await groupsOf(call, ProductKey)).toEqual([last]);
  });

  it("IOT-6 service: two groups that leave at once leave one behind, every time", async () => {
    const callers = [callerOf("SDK v2", iot.service.url), callerOf("pop-core POST", iot.service.url)];
    for (let round = 0; round < 5; round += 1) {
      const ProductKey = await product(call, `meters_${round}`);
      const ids = [await group(call, `left_${round}`), await group(call, `right_${round}`)];
      await subscribe(call, ProductKey, ids);
      const results = await Promise.allSettled(
        callers.map((one, i) =>
          one("DeleteConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: ids[i] }),
        ),
      );
      expect(results.map((result) => result.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect(await groupsOf(call, ProductKey)).toHaveLength(1);
    }
  });

  it("DEL-1 service: unsubscribe, then delete; a refused delete changes nothing", async () => {
    const GroupId = await group(call, "billing");
    const ProductKey = await product(call);
    await subscribe(call, ProductKey, [GroupId]);
    const before = await held();
    for (const action of ["DeleteConsumerGroup", "DeleteConsumerGroupSubscribeRelation"]) {
      await refusal(
        action === "DeleteConsumerGroup"
          ? call(action, { GroupId })
          : call(action, { ProductKey, ConsumerGroupId: GroupId }),
      );
      expect(await held()).toEqual(before);
    }
    await call("CreateConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: "DEFAULT_GROUP" });
    await call("DeleteConsumerGroupSubscribeRelation", { ProductKey, ConsumerGroupId: GroupId });
    await call("DeleteConsumerGroup", { GroupId });
    expect(await groupsOf(call, ProductKey)).toEqual(["DEFAULT_GROUP"]);
    const gone = await refusal(call("DeleteConsumerGroup", { GroupId }));
    expect(gone.code).toBe("iot.consumergroup.NotExisted");
  });

  it("DEL-1 service: a deleted product subscribes to nothing any more", async () => {
    const GroupId = await group(call, "billing");
    const ProductKey = await product(call);
    await subscribe(call, ProductKey, [GroupId]);
    await call("DeleteProduct", { ProductKey });
    await call("DeleteConsumerGroup", { GroupId });
    expect(await names(call)).toEqual(["DEFAULT_GROUP"]);
  });
});

describe("what a group shows", () => {
  const busy: GroupActivity = {
    connectedClients: 1,
    accumulatedMessages: 7,
    consumedPerMinute: 120,
    consumedFromBacklogPerMinute: 20,
    lastConsumedAtMs: Date.UTC(2026, 0, 2, 3, 4, 5, 6),
    clients: [{ clientId: "c1", address: "127.0.0.1:5000", connectedAtMs: 1_700_000_000_000 }],
  };

  it("IOT-8 service: zeros until a client is there, then the figures of the one interface", async () => {
    const GroupId = await group(call, "billing");
    const idle = await call("QueryConsumerGroupStatus", { GroupId });
    expect(idle).toEqual({
      RequestId: expect.any(String),
      Success: true,
      AccumulationCount: 0,
      ConsumerSpeed: 0,
      RealTimeConsumeCountPerMinute: 0,
      AccumulatedConsumeCountPerMinute: 0,
      ClientConnectionStatusList: { ConsumerGroupClientConnectionInfo: [] },
    });
    live.set(`iot:${GroupId}`, busy);
    expect(await call("QueryConsumerGroupStatus", { GroupId })).toMatchObject({
      AccumulationCount: 7,
      ConsumerSpeed: 120,
      RealTimeConsumeCountPerMinute: 100,
      AccumulatedConsumeCountPerMinute: 20,
      LastConsumerTime: "2026-01-02T03:04:05.006Z",
      ClientConnectionStatusList: {
        ConsumerGroupClientConnectionInfo: [
          { ClientId: "c1", ClientIpPort: "127.0.0.1:5000", OnlineTime: 1_700_000_000_000 },
        ],
      },
    });
    const byDefault = await call("QueryConsumerGroupStatus", { GroupId: "DEFAULT_GROUP" });
    expect(byDefault.AccumulationCount).toBe(0);
    const unknown = await refusal(call("QueryConsumerGroupStatus", { GroupId: "none" }));
    expect(unknown.code).toBe("iot.consumergroup.NotExisted");
  });

  it("IOT-7 service: ResetConsumerGroupPosition clears one group's backlog and no other's", async () => {
    const GroupId = await group(call, "billing");
    const other = await group(call, "shipping");
    live.set(`iot:${GroupId}`, busy);
    live.set(`iot:${other}`, busy);
    await call("ResetConsumerGroupPosition", { GroupId });
    expect((await call("QueryConsumerGroupStatus", { GroupId })).AccumulationCount).toBe(0);
    expect((await call("QueryConsumerGroupStatus", { GroupId: other })).AccumulationCount).toBe(7);
    const unknown = await refusal(call("ResetConsumerGroupPosition", { GroupId: "none" }));
    expect(unknown.code).toBe("iot.consumergroup.NotExisted");
  });

  it("IOT-9 service: rules that feed a group are shown with it and do not hold its delete", async () => {
    const GroupId = await group(call, "billing");
    const { RuleId } = await call("CreateRule", { Name: "feed" });
    const Configuration = JSON.stringify({ groupId: GroupId });
    await call("CreateRuleAction", { RuleId, Type: "AMQP", Configuration });
    const fedBy = async () =>
      ((await iot.service.admin("GET", "status")).rooms as { iot: { fedBy: unknown[] } }).iot.fedBy;
    expect(await fedBy()).toEqual([
      expect.objectContaining({ groupId: GroupId, products: [], rules: [{ ruleId: RuleId, name: "feed" }] }),
    ]);
    const unknown = { RuleId, Type: "AMQP", Configuration: '{"groupId":"none"}' };
    expect((await refusal(call("CreateRuleAction", unknown))).code).toBe("iot.consumergroup.NotExisted");
    await call("DeleteConsumerGroup", { GroupId });
    expect(await names(call)).toEqual(["DEFAULT_GROUP"]);
    const { RuleActionList } = await call("ListRuleActions", { RuleId });
    expect(RuleActionList).toMatchObject({ RuleActionInfo: [{ Type: "AMQP", Configuration }] });
  });
});
