import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { unfinishedFiles } from "../../../provider/runtime/ownership/unfinished.ts";
import type { Properties } from "../../../provider/runtime/resource.ts";
import { consumerGroupKind } from "../../../provider/runtime/resources/consumer-group/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { roomsWithClients } from "../support/clients.ts";
import {
  create,
  failureOf,
  iotByHand,
  type Kept,
  queuesByHand,
  REGION,
  refresh,
  remove,
  runOn,
  update,
} from "../support/groups.ts";

/*
 * DEL-1, scene by scene: a group is deleted only when nothing subscribes to it. Each scene ends with a look at what the
 * service holds. The runtime is called as the engine calls it, each call of `runOn` being one command.
 */

const connected = new Set<string>();
let service: TestService;
let hand: ReturnType<typeof iotByHand>;
let product: string;

beforeAll(async () => {
  service = await startService({ rooms: roomsWithClients(connected) });
  hand = iotByHand(service);
});
afterAll(() => service.stop());
beforeEach(async () => {
  connected.clear();
  await service.admin("POST", "reset");
  product = await hand.product("meters");
});

const group = (name: string, more: Properties = {}): Properties => ({
  platform: "iot",
  name,
  region: REGION,
  ...more,
});
const to = (...subscriptions: (string | Properties)[]): Properties => ({
  subscriptions: subscriptions.map((one) => (typeof one === "string" ? { productKey: one } : one)),
});
const make = (name: string, more: Properties = {}) => create(runOn(service), name, group(name, more));
const isThere = async (kept: Kept) => (await hand.idOf(String(kept.props.name))) === kept.id;

/** What `change-tracking review` says of a delete: the same judgement, and nothing is changed. */
async function judged({ id, props }: Kept, groups: readonly string[] = []): Promise<string[]> {
  const leaving = { groups: new Set(groups), tasks: new Set<string>() };
  const refusals = await consumerGroupKind.deleteRefusals?.(runOn(service), id, props, leaving);
  return (refusals ?? []).map((error) => error.message);
}

interface Scene {
  readonly id: string;
  readonly prepare: () => Promise<Kept>;
  /** What the refusal says; undefined when the group is deleted. */
  readonly refusal?: RegExp;
  /** Groups left on the product's subscription, by name; undefined when it is gone. */
  readonly left: (own: string) => (string | undefined)[] | undefined;
}

let theirs: string;
const withTheirs = async () => {
  theirs = await hand.group("theirs");
  await hand.subscribe(product, theirs);
};

const SCENES: readonly Scene[] = [
  { id: "without subscriptions", prepare: () => make("mine"), left: () => undefined },
  {
    id: "declared, subscription made here, last group: goes with it",
    prepare: () => make("mine", to(product)),
    left: () => undefined,
  },
  {
    id: "declared, subscription made here, another group has joined: taken off",
    prepare: async () => {
      const kept = await make("mine", to(product));
      theirs = await hand.group("theirs");
      await hand.join(product, theirs);
      return kept;
    },
    left: () => [theirs],
  },
  {
    id: "declared, subscription made elsewhere, not the last: taken off",
    prepare: async () => {
      await withTheirs();
      return make("mine", to(product));
    },
    left: () => [theirs],
  },
  {
    id: "declared, subscription made elsewhere, last, whenLast refuse",
    prepare: async () => {
      await withTheirs();
      const kept = await make("mine", to(product));
      await hand.api.removeGroup(product, theirs);
      return kept;
    },
    refusal: /last group of the subscription of product "meters".*\[IOT-6\]/,
    left: (own) => [own],
  },
  {
    id: "declared, subscription made elsewhere, last, whenLast deleteSubscription",
    prepare: async () => {
      await withTheirs();
      const kept = await make("mine", to({ productKey: product, whenLast: "deleteSubscription" }));
      await hand.api.removeGroup(product, theirs);
      return kept;
    },
    left: () => undefined,
  },
  {
    id: "a product subscribed by hand",
    prepare: async () => {
      await withTheirs();
      const kept = await make("mine");
      await hand.join(product, kept.id);
      return kept;
    },
    refusal: /nothing was changed: \(1\) product "meters" \(\w+\) is subscribed.*forceUnsubscribe.*\[DEL-1\]/,
    left: (own) => [theirs, own],
  },
  {
    id: "a product subscribed by hand and seen by a refresh",
    prepare: async () => {
      await withTheirs();
      const kept = await make("mine");
      await hand.join(product, kept.id);
      return refresh(runOn(service), kept);
    },
    refusal: /product "meters".*does not declare that/,
    left: (own) => [theirs, own],
  },
  {
    id: "a product subscribed by hand, forceUnsubscribe",
    prepare: async () => {
      await withTheirs();
      const kept = await make("mine", { forceUnsubscribe: true });
      await hand.join(product, kept.id);
      return kept;
    },
    left: () => [theirs],
  },
  {
    id: "a product subscribed by hand with no other group, forceUnsubscribe: the last one stays",
    prepare: async () => {
      const kept = await make("mine", { forceUnsubscribe: true });
      await hand.subscribe(product, kept.id);
      return kept;
    },
    refusal: /last group of the subscription.*give the subscription another group.*\[IOT-6\]/,
    left: (own) => [own],
  },
  {
    id: "a client is connected",
    prepare: async () => {
      const kept = await make("mine", to(product));
      connected.add(kept.id);
      return kept;
    },
    refusal: /client reader-1 \(10\.0\.0\.7:4711\) is connected; stop it/,
    left: (own) => [own],
  },
  {
    id: "a client is connected, forceUnsubscribe: never disconnected",
    prepare: async () => {
      const kept = await make("mine", { ...to(product), forceUnsubscribe: true });
      connected.add(kept.id);
      return kept;
    },
    refusal: /is connected; stop it, it is never disconnected/,
    left: (own) => [own],
  },
  {
    id: "a data forwarding rule feeds it: does not hold it",
    prepare: async () => {
      const kept = await make("mine", to(product));
      const { RuleId } = await hand.call("CreateRule", {
        Name: "feed",
        ProductKey: product,
        ShortTopic: "/+/user/x",
        Select: "*",
      });
      await hand.call("CreateRuleAction", {
        RuleId,
        Type: "AMQP",
        Configuration: JSON.stringify({ groupId: kept.id }),
      });
      return kept;
    },
    left: () => undefined,
  },
  {
    id: "deleted by hand already",
    prepare: async () => {
      const kept = await make("mine");
      await hand.api.deleteGroup(kept.id);
      return kept;
    },
    left: () => undefined,
  },
];

describe("DEL-1: platform iot", () => {
  it.each(SCENES)("$id", async ({ prepare, refusal, left }) => {
    const kept = await prepare();
    const run = runOn(service);
    const before = await judged(kept);
    const said = await failureOf(remove(run, kept));
    expect(before).toEqual(refusal === undefined ? [] : [said]);
    if (refusal === undefined) expect(said).toBe("no error");
    else expect(said).toMatch(refusal);
    expect(await isThere(kept)).toBe(refusal !== undefined);
    expect(await hand.groupsOf(product)).toEqual(left(kept.id));
  });

  it("says what forceUnsubscribe did", async () => {
    await withTheirs();
    const kept = await make("mine", { forceUnsubscribe: true });
    await hand.join(product, kept.id);
    const run = runOn(service);
    await remove(run, kept);
    expect(run.said).toEqual([
      expect.stringMatching(/^warn: forceUnsubscribe: took .*"mine".* off product "meters"/),
    ]);
  });

  it("lists everything that is in the way, and changes nothing", async () => {
    await withTheirs();
    const second = await hand.product("valves");
    await hand.subscribe(second, theirs);
    const third = await hand.product("doors");
    const kept = await make("mine", to(third));
    await hand.join(product, kept.id);
    await hand.join(second, kept.id);
    connected.add(kept.id);
    const said = await failureOf(remove(runOn(service), kept));
    expect(said).toMatch(/\(1\) client.*\(2\) product.*\(3\) product/);
    expect(said).toContain('"meters"');
    expect(said).toContain('"valves"');
    expect(await hand.groupsOf(third)).toEqual([kept.id]);
    expect(await hand.groupsOf(second)).toEqual([theirs, kept.id]);
  });

  it("IOT-4: the default group is never deleted", async () => {
    const kept = { id: "DEFAULT_GROUP", props: group("DEFAULT_GROUP") };
    expect((await judged(kept)).join()).toContain("[IOT-4]");
    expect(await failureOf(remove(runOn(service), kept))).toMatch(/neither changed nor deleted.*\[IOT-4\]/);
    expect(await hand.idOf("DEFAULT_GROUP")).toBe("DEFAULT_GROUP");
  });

  it("two groups of one product, destroyed in parallel: both go, and the subscription that one of them made", async () => {
    const run = runOn(service);
    const names = ["first", "second", "third"];
    const all = await Promise.all(names.map((name) => create(run, name, group(name, to(product)))));
    expect(await hand.groupsOf(product)).toHaveLength(3);
    const end = runOn(service);
    await Promise.all(all.map((one) => remove(end, one)));
    expect(await hand.groupsOf(product)).toBeUndefined();
    for (const name of names) expect(await hand.idOf(name)).toBeUndefined();
  });

  it("a group that has joined in a later run goes with its maker in one destroy", async () => {
    const maker = await make("maker", to(product));
    const joiner = await make("joiner", to(product));
    const end = runOn(service);
    await remove(end, maker);
    await remove(end, joiner);
    expect(await hand.groupsOf(product)).toBeUndefined();
  });

  it("a subscription made elsewhere: of two groups destroyed in parallel the last one stays, and says why", async () => {
    await withTheirs();
    const run = runOn(service);
    const all = await Promise.all(
      ["first", "second"].map((name) => create(run, name, group(name, to(product)))),
    );
    await hand.api.removeGroup(product, theirs);
    const [first, second] = all;
    if (first === undefined || second === undefined) throw new Error("two groups were made");
    // Alone each may go; together they would leave the subscription without a group.
    expect(await judged(first)).toEqual([]);
    expect((await judged(first, [first.id, second.id])).join()).toContain("[IOT-6]");
    const end = runOn(service);
    const said = await Promise.all(all.map((one) => failureOf(remove(end, one))));
    expect(said.filter((text) => text === "no error")).toHaveLength(1);
    expect(said.filter((text) => text.includes("[IOT-6]"))).toHaveLength(1);
    expect(await hand.groupsOf(product)).toHaveLength(1);
  });

  it.each(["DeleteSubscribeRelation", "DeleteConsumerGroup"])(
    "a crash at %s, and the delete run again",
    async (action) => {
      const second = await hand.product("valves");
      const kept = await make("mine", to(product, second));
      for (const afterWork of [false, true]) {
        const run = runOn(service);
        const real = run.api.call;
        let isDown = false;
        Object.assign(run.api, {
          call: async (...given: Parameters<typeof real>) => {
            if (isDown) throw new Error("the process is gone");
            if (given[0].action !== action) return real(...given);
            isDown = true;
            if (afterWork) await real(...given);
            throw new Error("the process is gone");
          },
        });
        expect(await failureOf(remove(run, kept))).toMatch(/gone|no error/);
      }
      await remove(runOn(service), kept);
      expect(await isThere(kept)).toBe(false);
      expect([await hand.groupsOf(product), await hand.groupsOf(second)]).toEqual([undefined, undefined]);
    },
  );

  it("a create cut off between its steps is gone on with, and its subscription still goes with it", async () => {
    const folder = mkdtempSync(join(tmpdir(), "unfinished-"));
    try {
      const memory = () => unfinishedFiles(folder, "/program", () => Date.now());
      const run = runOn(service, { unfinished: memory() });
      const real = run.api.call;
      Object.assign(run.api, {
        call: async (...given: Parameters<typeof real>) => {
          const answer = await real(...given);
          // Never comes back: what the killed process did not get to do.
          return given[0].action === "CreateSubscribeRelation" ? new Promise(() => {}) : answer;
        },
      });
      void create(run, "mine", group("mine", to(product)));
      for (let looks = 0; looks < 200 && (await hand.groupsOf(product)) === undefined; looks += 1);
      const kept = await create(runOn(service, { unfinished: memory() }), "mine", group("mine", to(product)));
      expect(kept.props.madeSubscriptions).toEqual([product]);
      await remove(runOn(service), kept);
      expect([await hand.idOf("mine"), await hand.groupsOf(product)]).toEqual([undefined, undefined]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("DEL-1: subscriptions changed in place", () => {
  it("adds before it takes off, and only what the program has dropped", async () => {
    const second = await hand.product("valves");
    const foreign = await hand.product("doors");
    const kept = await make("mine", to(product));
    await hand.subscribe(foreign, kept.id);
    const run = runOn(service);
    const changed = await update(run, "mine", kept, group("mine", to(second)));
    expect([await hand.groupsOf(product), await hand.groupsOf(second), await hand.groupsOf(foreign)]).toEqual(
      [undefined, [kept.id], [kept.id]],
    );
    const writes = run.calls
      .map((call) => call.action)
      .filter((action) => /^(Create|Delete|Update)/.test(action));
    expect(writes).toEqual(["CreateSubscribeRelation", "DeleteSubscribeRelation"]);
    expect(changed.props.madeSubscriptions).toEqual([second]);
  });

  it("refuses to leave a subscription that was made elsewhere without a group, and keeps what is done", async () => {
    await withTheirs();
    const kept = await make("mine", to(product));
    await hand.api.removeGroup(product, theirs);
    const error = await update(runOn(service), "mine", kept, group("mine")).catch((thrown) => thrown);
    expect(error.message).toMatch(/\[IOT-6\]/);
    expect(error.properties.subscriptions).toEqual([{ productKey: product }]);
    expect(await hand.groupsOf(product)).toEqual([kept.id]);
  });

  it("a product that goes from one group to another of the program is never without a group", async () => {
    const first = await make("first", to(product));
    const second = await make("second");
    const run = runOn(service);
    const seen: (readonly string[] | undefined)[] = [];
    const real = run.api.call;
    Object.assign(run.api, {
      call: async (...given: Parameters<typeof real>) => {
        const answer = await real(...given);
        if (/Relation$/.test(given[0].action)) seen.push(await hand.groupsOf(product));
        return answer;
      },
    });
    await Promise.all([
      update(run, "first", first, group("first")),
      update(run, "second", second, group("second", to(product))),
    ]);
    expect(seen.every((groups) => groups !== undefined && groups.length > 0)).toBe(true);
    expect(await hand.groupsOf(product)).toEqual([second.id]);
  });

  it("a product subscribed by hand shows in the next preview, and is the program's once it is declared", async () => {
    await withTheirs();
    const kept = await make("mine");
    await hand.join(product, kept.id);
    const read = await refresh(runOn(service), kept);
    expect(read.props.subscriptions).toEqual([
      { productKey: product, messageTypes: ["deviceData"], notDeclared: true },
    ]);
    const declared = await update(runOn(service), "mine", read, group("mine", to(product)));
    expect(declared.props.subscriptions).toEqual([{ productKey: product }]);
    await remove(runOn(service), declared);
    expect(await hand.groupsOf(product)).toEqual([theirs]);
  });

  it("renames in place, and message types of a subscription made here follow the program", async () => {
    const kept = await make("mine", to({ productKey: product, messageTypes: ["deviceData"] }));
    const wanted = to({ productKey: product, messageTypes: ["deviceStatus", "otaJob"] });
    const changed = await update(runOn(service), "mine", kept, group("消费组乙", wanted));
    expect(changed.id).toBe(kept.id);
    expect(await hand.idOf("消费组乙")).toBe(kept.id);
    expect(await hand.typesOf(product)).toEqual(["deviceStatus", "otaJob"]);
    expect((await refresh(runOn(service), changed)).props).toEqual(changed.props);
  });
});

describe("DEL-1: platform rocketmq", () => {
  it.each(["5.x", "4.x"] as const)(
    "%s: a connected client holds the group, forceUnsubscribe or not",
    async (version) => {
      const queues = queuesByHand(service);
      const instance =
        version === "5.x" ? await queues.instance5() : await queues.instance4("orders-instance");
      const inputs = {
        platform: "rocketmq",
        version,
        instance,
        name: "GID_orders",
        region: "cn-hangzhou",
        forceUnsubscribe: true,
        ...(version === "5.x" ? { afterLastRetry: "discard" } : {}),
      };
      const kept = await create(runOn(service), "g", inputs);
      connected.add("GID_orders");
      expect(await judged(kept)).toEqual([await failureOf(remove(runOn(service), kept))]);
      expect(await failureOf(remove(runOn(service), kept))).toMatch(
        /is client .*Stop it and run again.*\[DEL-1\]/,
      );
      expect((await refresh(runOn(service), kept)).id).toBe(kept.id);
      connected.clear();
      expect(await judged(kept)).toEqual([]);
      await remove(runOn(service), kept);
      expect((await refresh(runOn(service), kept)).id).toBe("");
      await remove(runOn(service), kept);
    },
  );
});
