import { describe, expect, it } from "vitest";
import { withRule } from "../../../contract/validation/refusal.ts";
import type { KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { consumerGroupKind as kind } from "../../../provider/runtime/resources/consumer-group/index.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";
import { FakeDts, type FakeJob, type TestSession, testSession } from "../support/fake-dts.ts";

const PASSWORD = "Passw0rd-secret";

function inputsFor(instance: string, name: string, more: Properties = {}): Properties {
  const account = name.replace(/\W/g, "_");
  return {
    platform: "changeTracking",
    instance,
    name,
    account,
    password: PASSWORD,
    region: "cn-hangzhou",
    ...more,
  };
}

function identity(name: string, more: Partial<KnownIdentity> = {}): KnownIdentity {
  const self = `urn:pulumi:dev::test::pulumi-nodejs:dynamic/changetracking:ConsumerGroup::${name}`;
  return {
    self,
    logicalName: name,
    scope: undefined,
    declared: [],
    engine: undefined,
    region: undefined,
    ...more,
  };
}

function withJob(job: Partial<FakeJob> = {}): { session: TestSession; job: FakeJob } {
  const fake = new FakeDts();
  return { session: testSession(fake), job: fake.addJob(job) };
}

async function check(
  session: TestSession,
  name: string,
  inputs: Properties,
  olds: Properties = {},
  more = {},
) {
  return kind.check(session, identity(name, more), olds, inputs);
}

describe("check", () => {
  it("fills in name and region, also from the instance given as a resource", async () => {
    const { session, job } = withJob();
    const { name: _, region: __, ...given } = inputsFor(job.id, "x");
    expect((await check(session, "logical", given)).inputs).toMatchObject({
      name: "logical",
      region: "cn-hangzhou",
    });
    const there = await check(session, "logical", given, {}, { region: "cn-beijing" });
    expect(there.inputs).toMatchObject({ region: "cn-beijing" });
  });

  it("judges the consumption mode by the engine of the instance, which does not become an input", async () => {
    const { session, job } = withJob();
    const inputs = inputsFor(job.id, "a", { consumptionMode: "kafkaClient" });
    const refused = await check(session, "a", inputs, {}, { engine: "PolarDBX1" });
    expect(refused.failures).toEqual([
      { property: "consumptionMode", reason: expect.stringMatching(/PolarDB-X 1\.0/), rule: "DTS-10" },
    ]);
    expect(refused.inputs).not.toHaveProperty("engine");
    expect((await check(session, "a", inputs, {}, { engine: "MySQL" })).failures).toEqual([]);
  });

  it("refuses the 21st group while the instance is not made yet, naming it, ten others and how many more", async () => {
    const session = testSession();
    const names = Array.from({ length: 21 }, (_, index) => `g${index + 1}`);
    const results = [];
    for (const name of names) {
      results.push(
        await check(session, name, inputsFor(UNKNOWN, name), {}, { scope: "urn:orders", declared: names }),
      );
    }
    expect(results.slice(0, 20).flatMap((one) => one.failures)).toEqual([]);
    const [failure] = results[20]?.failures ?? [];
    expect(failure?.property).toBe("instance");
    expect(failure?.reason).toMatch(
      /at most 20 consumer groups, got 21\..*for g21\..*g1, g2.*g10 and 11 more\.$/,
    );
    expect(failure?.rule).toBe("DTS-1");
  });

  it("counts by identity: a check that runs twice for a replacement counts once", async () => {
    const session = testSession();
    for (const name of Array.from({ length: 20 }, (_, index) => `g${index}`)) {
      const again = [1, 2].map(() =>
        check(session, name, inputsFor(UNKNOWN, name), {}, { scope: "urn:orders" }),
      );
      for (const result of await Promise.all(again)) expect(result.failures).toEqual([]);
    }
  });

  it("counts what others have made, and names it; what is there is not refused for a newcomer", async () => {
    const { session, job } = withJob();
    for (let index = 0; index < 19; index += 1) session.fake.addGroup(job, `theirs${index}`);
    expect((await check(session, "mine", inputsFor(job.id, "mine"))).failures).toEqual([]);
    const refused = await check(session, "more", inputsFor(job.id, "more"));
    expect(refused.failures[0]?.reason).toMatch(/declared here: theirs0, theirs1,/);
    expect(refused.failures[0]?.reason).toContain("pulumi destroy --target");
    const old = inputsFor(job.id, "theirs3");
    expect((await check(session, "theirs3", old, old)).failures).toEqual([]);
    expect(session.fake.count("DescribeConsumerChannel")).toBe(1);
  });

  it("DTS-1 preview: refuses the group added last, in whatever order the engine asks, and names resources", async () => {
    const team = (n: number) => ({ resource: `team${n}`, name: `group ${n}` });
    const all = [team(21), ...Array.from({ length: 20 }, (_, index) => team(index + 1))];
    const more = {
      scope: "urn:orders",
      declared: all.map((one) => one.name),
      declaredBy: all.map((one) => one.resource),
    };
    const orders = [all, all.toReversed(), [...all.slice(7), ...all.slice(0, 7)]];
    for (const order of orders) {
      const { session, job } = withJob();
      for (let n = 1; n <= 20; n += 1) session.fake.addGroup(job, `group ${n}`);
      const refused: string[] = [];
      for (const { resource, name } of order) {
        const inputs = inputsFor(job.id, name, { account: resource });
        const olds = resource === "team21" ? {} : inputs;
        const { failures } = await check(session, resource, inputs, olds, more);
        refused.push(...failures.map(({ reason, rule }) => `${resource}: ${withRule(reason, rule)}`));
      }
      const names = all.map((one) => one.resource).slice(1);
      expect(refused).toEqual([
        `team21: instance ${job.id} must have at most 20 consumer groups, got 21. There is no room for team21. ` +
          `Declared in this program: ${names.slice(0, 10).join(", ")} and 11 more. [DTS-1]`,
      ]);
    }
    // With nothing there yet it is the last one of the program.
    for (const order of [all, all.toReversed()]) {
      const session = testSession();
      const refused: string[] = [];
      for (const { resource, name } of order) {
        const inputs = inputsFor(UNKNOWN, name, { account: resource });
        const { failures } = await check(session, resource, inputs, {}, more);
        refused.push(...failures.map(() => resource));
      }
      expect(refused).toEqual(["team20"]);
    }
  });

  it("DTS-1 preview: an instance named in two ways has one room", async () => {
    const session = testSession();
    const refused: string[] = [];
    for (let n = 0; n < 24; n += 1) {
      // Half of the program has the resource and half its id, so that neither list knows of the other.
      const half = Array.from({ length: 12 }, (_, index) => `g${index * 2 + (n % 2)}`);
      const more = { scope: "urn:orders", declared: half };
      const { failures } = await check(session, `g${n}`, inputsFor(UNKNOWN, `g${n}`), {}, more);
      refused.push(...failures.map(() => `g${n}`));
    }
    expect(refused).toEqual(["g20", "g21", "g22", "g23"]);
  });

  it("a rename keeps its place, an instance known by URN and by id is one", async () => {
    const { session, job } = withJob();
    for (let index = 0; index < 20; index += 1) session.fake.addGroup(job, `g${index}`);
    for (let index = 0; index < 20; index += 1) {
      const old = inputsFor(job.id, `g${index}`);
      const scope = index % 2 === 0 ? { scope: "urn:orders" } : {};
      const result = await check(session, `g${index}`, { ...old, name: `renamed${index}` }, old, scope);
      expect(result.failures).toEqual([]);
    }
    const one = await check(session, "extra", inputsFor(job.id, "extra"));
    expect(one.failures[0]?.reason).toContain("got 21");
  });

  it("refuses a name or an account that another group of the program has on the same instance", async () => {
    const { session, job } = withJob();
    await check(session, "a", inputsFor(job.id, "same", { account: "acc" }));
    const { failures } = await check(session, "b", inputsFor(job.id, "same", { account: "acc" }));
    expect(failures.map((one) => one.property)).toEqual(["name", "account"]);
    const other = session.fake.addJob();
    expect((await check(session, "c", inputsFor(other.id, "same", { account: "acc" }))).failures).toEqual([]);
  });

  it("goes on when the service cannot be asked, and says so once", async () => {
    const { session, job } = withJob();
    session.fake.fail("DescribeConsumerChannel", "unreachable", { times: 9 });
    for (const name of ["a", "b", "c"]) {
      expect((await check(session, name, inputsFor(job.id, name))).failures).toEqual([]);
    }
    expect(session.said.filter((text) => text.startsWith("warn"))).toHaveLength(1);
    expect(session.fake.calls).toHaveLength(1);
  });

  it("reads nothing for groups that stay where they are", async () => {
    const { session, job } = withJob();
    const old = inputsFor(job.id, "a");
    await check(session, "a", { ...old, account: "other" }, old);
    expect(session.fake.calls).toEqual([]);
  });

  it("warns once, at the resource, that a replaced group loses its offset", async () => {
    const { session, job } = withJob();
    const old = inputsFor("dtsother", "a");
    await check(session, "a", inputsFor(job.id, "a"), old);
    await check(session, "a", inputsFor(job.id, "a"), old);
    expect(session.said).toEqual([expect.stringMatching(/^warn urn:.*::a: .*instance.*offset/)]);
  });

  it("refuses a secret without showing it", async () => {
    const { session, job } = withJob();
    const { failures } = await check(session, "a", inputsFor(job.id, "a", { password: "short" }));
    expect(failures.map((one) => one.property)).toEqual(["password", "password"]);
    expect(JSON.stringify(failures)).not.toContain("short");
  });
});

describe("diff", () => {
  const old = inputsFor("dtsj1", "a");
  it.each([
    [{}, { changes: false, replaces: [], deleteBeforeReplace: true }],
    [{ name: "b" }, { changes: true, replaces: [] }],
    [{ account: "b" }, { changes: true, replaces: [] }],
    [{ password: "Other-pw-1" }, { changes: true, replaces: [] }],
    [{ timeouts: { create: 5 } }, { changes: true, replaces: [] }],
    [{ instance: "dtsj2" }, { changes: true, replaces: ["instance"], deleteBeforeReplace: false }],
    [{ instance: UNKNOWN }, { changes: true, replaces: ["instance"] }],
    [{ region: "cn-beijing" }, { changes: true, replaces: ["region"] }],
    [{ platform: "iot" }, { changes: true, replaces: ["platform"] }],
  ])("%j", async (change, expected) => {
    const outputs = { ...old, groupId: "dtsg1", status: { connected: false } };
    expect(await kind.diff(outputs, { ...old, ...change })).toMatchObject(expected);
  });
});

describe("create", () => {
  it("makes the group with one call after one look for all groups of the instance", async () => {
    const { session, job } = withJob();
    await Promise.all(["a", "b", "c"].map((name) => kind.create(session, inputsFor(job.id, name))));
    expect(session.fake.count("DescribeConsumerChannel")).toBe(1);
    expect(session.fake.count("CreateConsumerChannel")).toBe(3);
    expect(job.groups.map((one) => one.name).sort()).toEqual(["a", "b", "c"]);
  });

  it("returns every input, the id and a status", async () => {
    const { session, job } = withJob();
    const inputs = inputsFor(job.id, "a", { timeouts: { create: 60 } });
    const { id, outs } = await kind.create(session, inputs);
    expect(outs).toEqual({
      ...inputs,
      groupId: id,
      connection: {
        protocol: "Kafka (SASL/PLAIN)",
        endpoints: { public: "public:1", vpc: "vpc:2", internal: "internal:3" },
        topic: `topic_${job.id}`,
        groupId: id,
        userName: `a-${id}`,
      },
      status: { connected: false, checkpoint: "", unconsumed: -1, delaySeconds: -1 },
    });
  });

  it.each(["lost", "unavailable"] as const)(
    "after an answer that was %s it takes what was made, once",
    async (kindOf) => {
      const { session, job } = withJob();
      session.fake.fail("CreateConsumerChannel", kindOf, { afterWork: true });
      const { id } = await kind.create(session, inputsFor(job.id, "a"));
      expect(job.groups.map((one) => one.id)).toEqual([id]);
      expect(session.fake.count("CreateConsumerChannel")).toBe(1);
    },
  );

  it("sends it again when the work was seen not to be done", async () => {
    const { session, job } = withJob();
    session.fake.fail("CreateConsumerChannel", "lost", { times: 2 });
    await kind.create(session, inputsFor(job.id, "a"));
    expect(job.groups).toHaveLength(1);
    expect(session.fake.count("CreateConsumerChannel")).toBe(3);
  });

  it("does not take a group of the same name and another account for its own", async () => {
    const { session, job } = withJob();
    await kind.create(session, inputsFor(job.id, "first"));
    session.fake.addGroup(job, "a", "somebody");
    session.fake.fail("CreateConsumerChannel", "lost");
    await expect(kind.create(session, inputsFor(job.id, "a"))).rejects.toThrow(/AlreadyExists/);
  });

  it("waits for an instance on its way to Normal, and names one that is not (DTS-11)", async () => {
    const { session, job } = withJob({ status: "NotStarted" });
    await session.fake.send({
      product: "dts",
      region: "x",
      action: "StartDtsJob",
      parameters: { DtsInstanceId: job.id },
      timeoutMs: 1,
    });
    await kind.create(session, inputsFor(job.id, "a"));
    expect(job.groups).toHaveLength(1);
    job.status = "Abnormal";
    await expect(kind.create(session, inputsFor(job.id, "b"))).rejects.toThrow(
      /is Abnormal.*\[DTS-11\] \[InstanceNotNormal\]/,
    );
  });

  it("gives up waiting at its time-out, naming the state", async () => {
    const { session, job } = withJob({ status: "Starting" });
    const inputs = inputsFor(job.id, "a", { timeouts: { create: 20 } });
    await expect(kind.create(session, inputs)).rejects.toThrow(/waited 20 seconds.*last seen: Starting/);
    expect(session.said.some((text) => text.startsWith("progress") && text.includes("Starting"))).toBe(true);
  });

  it("refuses a name that is taken, and takes it over with adoptExisting", async () => {
    const { session, job } = withJob();
    session.fake.addGroup(job, "a", "old_account");
    await expect(kind.create(session, inputsFor(job.id, "a"))).rejects.toThrow(
      /adoptExisting.*\[AlreadyExists\]/,
    );
    expect(job.groups[0]).toMatchObject({ account: "old_account", password: "Old-pw-1" });
    const { id } = await kind.create(session, inputsFor(job.id, "a", { adoptExisting: true }));
    expect(job.groups).toEqual([{ id, name: "a", account: "a", password: PASSWORD, unconsumed: -1 }]);
  });

  it("explains a full instance with the two steps", async () => {
    const { session, job } = withJob();
    for (let index = 0; index < 20; index += 1) session.fake.addGroup(job, `g${index}`);
    await expect(kind.create(session, inputsFor(job.id, "a"))).rejects.toThrow(
      /full.*--target.*\[DTS-1\] \[InstanceFull\]/,
    );
  });

  it("has no password in any message", async () => {
    const { session, job } = withJob();
    for (const kindOf of ["refused", "lost", "unavailable", "throttled", "unreachable"] as const) {
      session.fake.fail("CreateConsumerChannel", kindOf, { times: 99 });
      const error = await kind.create(session, inputsFor(job.id, kindOf)).catch((thrown: unknown) => thrown);
      expect(`${error} ${(error as Error).stack} ${session.said.join()}`).not.toContain(PASSWORD);
      session.fake.clearFaults();
    }
  });
});

describe("read", () => {
  it("brings back what was changed by hand as inputs, and only inputs", async () => {
    const { session, job } = withJob();
    const { id, outs } = await kind.create(session, inputsFor(job.id, "a"));
    const group = job.groups[0];
    if (group) Object.assign(group, { name: "by-hand", unconsumed: 7 });
    const read = await kind.read(session, id, outs);
    expect(read.inputs).toEqual(inputsFor(job.id, "by-hand", { account: "a" }));
    expect(read.props).toMatchObject({ name: "by-hand", status: { connected: true, unconsumed: 7 } });
  });

  it("answers an empty id when the group or its instance is gone", async () => {
    const { session, job } = withJob();
    const props = inputsFor(job.id, "a");
    expect(await kind.read(session, "dtsnone", props)).toEqual({ id: "", props: {} });
    expect(await kind.read(session, "dtsnone", { ...props, instance: "dtsgone" })).toEqual({
      id: "",
      props: {},
    });
  });

  it("asks once for all groups of an instance, by pages of a hundred", async () => {
    const { session, job } = withJob();
    for (let index = 0; index < 150; index += 1) session.fake.addGroup(job, `g${index}`);
    const props = inputsFor(job.id, "x");
    await Promise.all(job.groups.map((group) => kind.read(session, group.id, props)));
    expect(session.fake.count("DescribeConsumerChannel")).toBe(2);
  });
});

describe("update", () => {
  it("changes name, account and password in one call", async () => {
    const { session, job } = withJob();
    const { id, outs } = await kind.create(session, inputsFor(job.id, "a"));
    const news = inputsFor(job.id, "b", { account: "bb", password: "New-passw0rd" });
    expect(await kind.update(session, id, outs, news)).toMatchObject({ ...news, groupId: id });
    expect(job.groups).toEqual([{ id, name: "b", account: "bb", password: "New-passw0rd", unconsumed: -1 }]);
    expect(session.fake.count("ModifyConsumerChannel")).toBe(1);
  });

  it("sends nothing for what lives in the state only", async () => {
    const { session, job } = withJob();
    const { id, outs } = await kind.create(session, inputsFor(job.id, "a"));
    await kind.update(session, id, outs, inputsFor(job.id, "a", { forceUnsubscribe: true }));
    expect(session.fake.count("ModifyConsumerChannel")).toBe(0);
  });

  it.each(["lost", "unavailable", "throttled"] as const)(
    "repeats after an answer that was %s",
    async (kindOf) => {
      const { session, job } = withJob();
      const { id, outs } = await kind.create(session, inputsFor(job.id, "a"));
      session.fake.fail("ModifyConsumerChannel", kindOf, { afterWork: kindOf !== "throttled", times: 2 });
      await kind.update(session, id, outs, inputsFor(job.id, "b"));
      expect(job.groups[0]?.name).toBe("b");
    },
  );

  it("says what to do when the group has gone", async () => {
    const { session, job } = withJob();
    const props = inputsFor(job.id, "a");
    await expect(kind.update(session, "dtsnone", props, props)).rejects.toThrow(
      /pulumi refresh.*\[NotFound\]/,
    );
  });
});

describe("delete", () => {
  it("deletes, and again succeeds, also when the instance is gone", async () => {
    const { session, job } = withJob();
    const { id, outs } = await kind.create(session, inputsFor(job.id, "a"));
    const later = testSession(session.fake);
    await kind.delete(later, id, outs);
    expect(job.groups).toEqual([]);
    await kind.delete(testSession(session.fake), id, outs);
    session.fake.jobs.clear();
    await kind.delete(testSession(session.fake), id, outs);
  });

  it("succeeds when the answer was lost after the work", async () => {
    const { session, job } = withJob();
    session.fake.addGroup(job, "a");
    session.fake.fail("DeleteConsumerChannel", "lost", { afterWork: true });
    await kind.delete(session, job.groups[0]?.id ?? "", inputsFor(job.id, "a"));
    expect(job.groups).toEqual([]);
  });

  it("is refused while a client is connected, also with forceUnsubscribe (DEL-1)", async () => {
    const { session, job } = withJob();
    session.fake.addGroup(job, "a", "acc", 12);
    const props = inputsFor(job.id, "a", { forceUnsubscribe: true });
    const id = job.groups[0]?.id ?? "";
    const leaving = { groups: new Set<string>(), tasks: new Set<string>() };
    const judged = await kind.deleteRefusals?.(session, id, props, leaving);
    expect(judged?.map((error) => error.code)).toEqual(["GroupInUse"]);
    await expect(kind.delete(session, id, props)).rejects.toThrow(
      /account acc \(12 messages.*\[DEL-1\] \[GroupInUse\]/,
    );
    expect(job.groups).toHaveLength(1);
    expect(session.fake.count("DeleteConsumerChannel")).toBe(0);
  });

  it("leaves a group that another resource of the same run has taken over", async () => {
    const { session, job } = withJob();
    session.fake.addGroup(job, "a");
    const { id, outs } = await kind.create(session, inputsFor(job.id, "a", { adoptExisting: true }));
    await kind.delete(session, id, outs);
    expect(job.groups).toHaveLength(1);
  });
});
