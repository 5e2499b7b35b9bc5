import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as runtime from "../../../../provider/runtime/index.ts";
import { takenOverFiles } from "../../../../provider/runtime/ownership/taken-over.ts";
import { unfinishedFiles } from "../../../../provider/runtime/ownership/unfinished.ts";
import type { Properties } from "../../../../provider/runtime/resource.ts";
import { startService, type TestService } from "../../../support/service.ts";
import { cmsByHand, lagRule } from "../../support/alerts.ts";
import { type Cut, Engine, type Recorded, type Wanted } from "../../support/engine.ts";
import { queuesByHand, runOn } from "../../support/groups.ts";
import { inflowGround, taskOn } from "../../support/inflow.ts";
import { somebodyElse } from "../../support/service.ts";

/*
 * A thing that one resource has taken over was deleted by a later run, because the state had it twice and only the
 * run that took it over knew that. The table: kinds x (replace, rename, rename of a target) x (the run is cut off before
 * its deletes, killed before its state is written, or ends) x (taken over or not). test/e2e/taken-over.test.ts has
 * the same by the real CLI for some of it.
 */

let service: TestService;
let home: string;
/** Another one has other notes. */
let machine: string;
let engine: Engine;

beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
beforeEach(async () => {
  await service.admin("POST", "reset");
  home = mkdtempSync(join(tmpdir(), "taken-over-"));
  machine = "one";
  engine = new Engine(session);
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function session() {
  const folder = (name: string) => join(home, machine, name);
  return runOn(service, {
    unfinished: unfinishedFiles(folder("unfinished"), "/program", () => Date.now()),
    takenOver: takenOverFiles(folder("taken-over"), () => Date.now()),
  });
}

const SOURCE = {
  engine: "MySQL",
  accessMethod: "RDS",
  instanceId: "rm-1",
  user: "u",
  password: "Passw0rd-1",
};

/** Of each kind: inputs of a thing, and others that replace it. */
interface Kind {
  readonly kind: Wanted["kind"];
  readonly inputs: Properties;
  readonly others: Properties;
}

const KINDS: Record<string, () => Promise<Kind>> = {
  instance: async () => ({
    kind: "ChangeTrackingInstance",
    inputs: { name: "orders", source: SOURCE, objects: { shop: {} } },
    others: { source: { ...SOURCE, instanceId: "rm-2" } },
  }),
  "DTS group": async () => {
    const [instance, other] = [await dts().makeInstance("one"), await dts().makeInstance("two")];
    const account = { account: "billing", password: "Passw0rd-1" };
    return {
      kind: "ConsumerGroup",
      inputs: { platform: "changeTracking", name: "billing", instance, ...account },
      others: { instance: other },
    };
  },
  "RocketMQ group": async () => {
    const instance = await queuesByHand(service).instance5();
    const group = { platform: "rocketmq", version: "5.x", afterLastRetry: "discard" };
    return {
      kind: "ConsumerGroup",
      inputs: { ...group, name: "GID_billing", instance },
      others: { name: "GID_search" },
    };
  },
  "IoT group": async () => ({
    kind: "ConsumerGroup",
    inputs: { platform: "iot", name: "billing", region: "cn-shanghai" },
    others: { region: "cn-hangzhou" },
  }),
  "inflow task": async () => {
    const ground = await inflowGround(service);
    const groupId = await dts().makeGroup(ground.instance, "search");
    const inputs = taskOn(ground, { name: "flow" });
    const source = { ...(inputs.source as Properties), groupId, account: "search" };
    return { kind: "InflowTask", inputs, others: { source } };
  },
  "alert rule": async () => {
    await cmsByHand(service).contacts("on-call");
    return {
      kind: "AlertRule",
      inputs: lagRule({ name: "lag", region: "cn-hangzhou" }),
      others: { region: "cn-shanghai" },
    };
  },
};

const dts = () => somebodyElse(service);

const named = (name: string, { kind, inputs }: Kind, more: Properties = {}): Wanted => ({
  kind,
  name,
  inputs: { ...inputs, ...more },
});
const ADOPT = { adoptExisting: true };

/** The service still has what the state says, whatever was deleted; one record is left. */
async function everythingIsThere(): Promise<Recorded> {
  for (const one of engine.state) {
    const { id } = await runtime.read(one.kind, one.id, one.outs, session());
    expect(`${one.name} ${id}`).toBe(`${one.name} ${one.id}`);
  }
  const [only] = engine.state;
  expect(engine.state).toHaveLength(1);
  return only as Recorded;
}

const failure = (work: Promise<unknown>) =>
  work.then(
    () => "",
    (error: Error) => error.message,
  );

const CUTS: readonly (Cut | undefined)[] = [undefined, "before deletes", "killed"];

describe.each(Object.keys(KINDS))("%s", (name) => {
  let kind: Kind;
  beforeEach(async () => {
    kind = (await KINDS[name]?.()) as Kind;
  });

  for (const cut of CUTS) {
    for (const more of [{}, ADOPT]) {
      it(`is replaced (${cut ?? "whole"}${"adoptExisting" in more ? ", adoptExisting" : ""}): what is new is there, and no other one goes`, async () => {
        await engine.up([named("a", kind, more)]);
        const before = engine.state[0]?.id;
        const program = [named("a", kind, { ...kind.others, ...more })];
        await engine.up(program, { cut });
        await engine.up(program);
        const { id, outs } = await everythingIsThere();
        if (name !== "inflow task") expect(id).not.toBe(before);
        expect(outs).toMatchObject(kind.others);
        await engine.destroy();
        expect((await runtime.read(kind.kind, id, outs, session())).id).toBe("");
      });
    }

    it(`is renamed without an alias and taken over (${cut ?? "whole"}): the next run leaves it`, async () => {
      await engine.up([named("a", kind)]);
      const id = engine.state[0]?.id;
      // The names of instances need not be unique.
      if (name !== "instance") {
        expect(await failure(engine.up([named("b", kind)]))).toMatch(/adoptExisting.*\[AlreadyExists\]/);
      }
      await engine.up([named("b", kind, ADOPT)], { cut });
      await engine.up([named("b", kind, ADOPT)]);
      expect(await everythingIsThere()).toMatchObject({ name: "b", id });
      await engine.destroy();
      expect((await runtime.read(kind.kind, id ?? "", kind.inputs, session())).id).toBe("");
    });
  }

  it("is renamed as a target, and the old name destroyed as a target: it stays with the new one, and goes with it", async () => {
    await engine.up([named("a", kind)]);
    const { id = "" } = engine.state[0] ?? {};
    await engine.up([named("b", kind, ADOPT)], { target: ["b"] });
    expect(engine.state.map((one) => one.id)).toEqual([id, id]);
    await engine.refresh();
    await engine.destroy("a");
    expect(await everythingIsThere()).toMatchObject({ name: "b", id });
    await engine.up([named("b", kind, ADOPT)]);
    await engine.destroy();
    expect((await runtime.read(kind.kind, id, kind.inputs, session())).id).toBe("");
  });

  it("is renamed as a target, then a whole run", async () => {
    await engine.up([named("a", kind)]);
    await engine.up([named("b", kind, ADOPT)], { target: ["b"] });
    await engine.up([named("b", kind, ADOPT)]);
    expect(await everythingIsThere()).toMatchObject({ name: "b" });
  });
});

describe("of the state of an older version, which has one thing twice", () => {
  it.each(["instance", "alert rule"])(
    "%s: the one that was replaced is left to the one that took it over",
    async (name) => {
      const kind = (await KINDS[name]?.()) as Kind;
      await engine.up([named("a", kind)]);
      const [alive] = engine.state as [Recorded];
      engine.state.push({ ...alive, isPending: true });
      await engine.up([named("a", kind)]);
      expect(await everythingIsThere()).toMatchObject({ id: alive.id, isPending: false });
      // What is replaced for good is not kept by the diff that says so.
      engine.state.push({ ...alive, isPending: true });
      await engine.up([named("a", kind, kind.others)]);
      expect((await everythingIsThere()).id).not.toBe(alive.id);
      expect((await runtime.read(kind.kind, alive.id, alive.outs, session())).id).toBe("");
    },
  );
});

describe("two machines, or two stacks", () => {
  it.each(["instance", "DTS group"])(
    "%s: the mark is at the service, and no read or update shows or drops it",
    async (name) => {
      const kind = (await KINDS[name]?.()) as Kind;
      const tags = name === "instance" ? { tags: { team: "shop" } } : {};
      await engine.up([named("a", kind, tags)]);
      const { id = "" } = engine.state[0] ?? {};
      const theirs = new Engine(session);
      await theirs.up([named("b", kind, { ...ADOPT, ...tags })]);
      const before = structuredClone(theirs.state);
      await theirs.refresh();
      expect(theirs.state).toEqual(before);
      if (name === "instance") {
        await theirs.up([named("b", kind, { ...ADOPT, tags: { team: "queue" } })]);
        await theirs.refresh();
        expect(theirs.state[0]?.outs).toMatchObject({ tags: { team: "queue" } });
        expect(theirs.state[0]?.outs.__owner).toBe(before[0]?.outs.__owner);
      }
      machine = "two";
      await engine.destroy();
      expect(engine.state).toEqual([]);
      expect((await runtime.read(kind.kind, id, kind.inputs, session())).id).toBe(id);
      await theirs.destroy();
      expect((await runtime.read(kind.kind, id, kind.inputs, session())).id).toBe("");
    },
  );

  it("tags that people set go before the marks when there is no room for both", async () => {
    const kind = (await KINDS.instance?.()) as Kind;
    await engine.up([named("a", kind)]);
    await engine.up([named("b", kind, ADOPT)], { target: ["b"] });
    const tags = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`key${i}`, "x"]));
    await engine.up([named("b", kind, { ...ADOPT, tags })], { target: ["b"] });
    await engine.refresh();
    expect(engine.state[1]?.outs).toMatchObject({ tags });
    // The note of this machine is left.
    await engine.destroy("a");
    await everythingIsThere();
  });
});

describe("two resources on one thing", () => {
  it("a resource takes over nothing that another one of the program has", async () => {
    const kind = (await KINDS.instance?.()) as Kind;
    await engine.up([named("a", kind)]);
    await engine.up([named("a", kind), named("b", kind, ADOPT)]);
    const [a, b] = engine.state;
    expect(b?.id).not.toBe(a?.id);
  });

  it("a state that has it twice lets either go, and the last one takes it along", async () => {
    const kind = (await KINDS["IoT group"]?.()) as Kind;
    await engine.up([named("a", kind)]);
    await engine.up([named("b", kind, ADOPT)], { target: ["b"] });
    await engine.up([named("a", kind)]);
    expect(await everythingIsThere()).toMatchObject({ name: "a" });
    const { id, outs } = engine.state[0] as Recorded;
    await engine.destroy();
    expect((await runtime.read(kind.kind, id, outs, session())).id).toBe("");
  });
});

describe("what cannot be changed in place has to match before it is taken over", () => {
  const refusal = async (name: string, there: Properties, wanted: Properties) => {
    const kind = (await KINDS[name]?.()) as Kind;
    await new Engine(session).up([named("theirs", { ...kind, inputs: { ...kind.inputs, ...there } })]);
    const seen = await recorded();
    const said = await failure(engine.up([named("mine", kind, { ...ADOPT, ...wanted })]));
    expect(await recorded()).toEqual(seen);
    expect(engine.state).toEqual([]);
    expect(said).not.toContain("Passw0rd");
    return said;
  };
  /** Calls that were asked to change something. */
  const recorded = async () => {
    const { calls } = (await service.admin("GET", "journal")) as { calls: { action: string }[] };
    const changes = calls.filter(({ action }) =>
      /^(Configure|Modify|Update|Put|Create|Tag|Ons\w+Create)/.test(action),
    );
    expect(changes).not.toEqual([]);
    return changes.length;
  };

  it("instance: the source and the network, each with both values", async () => {
    const source = {
      engine: "MySQL",
      accessMethod: "LocalInstance",
      host: "10.9.9.9",
      port: 3306,
      user: "x",
      password: "Passw0rd-2",
    };
    const network = { vpcId: "vpc-1", vSwitchId: "vsw-1" };
    const said = await refusal("instance", {}, { source, network });
    expect(said).toContain('source.accessMethod is "RDS" there and "LocalInstance" in the program');
    expect(said).toContain('source.instanceId is "rm-1" there and not set in the program');
    expect(said).toContain('source.host is not set there and "10.9.9.9" in the program');
    expect(said).toContain('network.vpcId is not set there and "vpc-1" in the program');
    expect(said).toContain("[AdoptionRefused]");
  });

  it("4.x group: protocol and remark", async () => {
    const hand = queuesByHand(service);
    const instance = await hand.instance4("shop");
    KINDS["4.x group"] = async () => ({
      kind: "ConsumerGroup",
      inputs: { platform: "rocketmq", version: "4.x", instance, name: "GID_orders" },
      others: {},
    });
    const there = { groupType: "http", remark: "theirs" };
    const said = await refusal("4.x group", there, { groupType: "tcp", remark: "mine" });
    expect(said).toContain(
      'groupType is "http" there and "tcp" in the program; remark is "theirs" there and "mine"',
    );
  });

  it("inflow task: the group that it reads", async () => {
    const kind = (await KINDS["inflow task"]?.()) as Kind;
    KINDS["this task"] = async () => kind;
    const said = await refusal("this task", {}, kind.others);
    expect(said).toMatch(
      /source\.groupId is "dts\w+" there and "dts\w+" in the program.*\[AdoptionRefused\]/,
    );
  });

  it("alert rule: the metric of the rule that has the id", async () => {
    const kind = (await KINDS["alert rule"]?.()) as Kind;
    await engine.up([named("a", kind)]);
    const { id } = engine.state[0] as Recorded;
    await cmsByHand(service).put(id, { RuleName: "lag", MetricName: "ReadyMessages" });
    engine.state = [];
    expect(await failure(engine.up([named("b", kind, ADOPT)]))).toContain(
      'metric is "ReadyMessages" there and "ConsumerLag" in the program',
    );
  });
});
