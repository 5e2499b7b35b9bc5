import { describe, expect, it } from "vitest";
import { PartialError } from "../../../provider/runtime/host/errors.ts";
import type { KnownIdentity, Properties } from "../../../provider/runtime/resource.ts";
import { configuration } from "../../../provider/runtime/resources/change-tracking-instance/configure.ts";
import { changeTrackingInstanceKind as kind } from "../../../provider/runtime/resources/change-tracking-instance/index.ts";
import { instanceInputs } from "../../../provider/runtime/resources/change-tracking-instance/inputs.ts";
import { UNKNOWN } from "../../../provider/schema/unknown.ts";
import { FakeDts, testSession } from "../support/fake-dts.ts";

const PASSWORD = "source-passw0rd";
const SOURCE = { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "u", password: PASSWORD };
const INPUTS: Properties = {
  name: "orders",
  region: "cn-hangzhou",
  source: SOURCE,
  objects: { shop: { tables: "all" } },
  dataTypes: { dml: true, ddl: true },
  payType: "PostPaid",
};
const IDENTITY: KnownIdentity = {
  self: "urn:orders",
  logicalName: "orders",
  scope: undefined,
  declared: [],
  engine: undefined,
  region: undefined,
};

describe("check", () => {
  it("fills in all defaults", async () => {
    const { inputs, failures } = await kind.check(
      testSession(),
      IDENTITY,
      {},
      { source: SOURCE, objects: { shop: {} } },
    );
    expect(failures).toEqual([]);
    expect(inputs).toEqual(INPUTS);
  });

  it("goes on with unknown parts and refuses the rest", async () => {
    const news = { source: { ...SOURCE, user: UNKNOWN, engine: "Excel" }, objects: UNKNOWN };
    const { failures } = await kind.check(testSession(), IDENTITY, {}, news);
    expect(failures.map((one) => one.property)).toEqual(["source.engine"]);
  });

  it("never shows the source's password", async () => {
    const news = { ...INPUTS, source: { ...SOURCE, engine: "Excel", password: "" } };
    expect(JSON.stringify((await kind.check(testSession(), IDENTITY, {}, news)).failures)).not.toContain(
      PASSWORD,
    );
    const { failures } = await kind.check(testSession(), IDENTITY, {}, { ...INPUTS, source: PASSWORD });
    expect(failures.map((one) => one.property)).toEqual(["source"]);
    expect(failures[0]?.reason).not.toContain(PASSWORD);
  });

  it("says once that the cloud asks for a network, and the local service is told of none", async () => {
    const cloud = { "changetracking:endpoint": "", "changetracking:target": "cloud" };
    const session = testSession(new FakeDts(), cloud);
    await kind.check(session, IDENTITY, {}, INPUTS);
    await kind.check(session, IDENTITY, {}, INPUTS);
    await kind.check(session, IDENTITY, {}, { ...INPUTS, network: { vpcId: "v", vSwitchId: "s" } });
    expect(session.said).toEqual([expect.stringMatching(/^warn urn:orders: network .*VPC and vSwitch/)]);
    const local = testSession();
    await kind.check(local, IDENTITY, {}, INPUTS);
    expect(local.said).toEqual([]);
    expect(configuration("dts1", instanceInputs(local, INPUTS))).toMatchObject({
      SubscriptionInstanceNetworkType: "classic",
    });
  });

  it("warns that a later startAt has no effect", async () => {
    const session = testSession();
    await kind.check(session, IDENTITY, INPUTS, { ...INPUTS, startAt: 5 });
    expect(session.said).toEqual([expect.stringMatching(/^warn urn:orders: startAt .*no effect/)]);
    await kind.check(session, IDENTITY, {}, { ...INPUTS, startAt: 5 });
    expect(session.said).toHaveLength(1);
  });

  it("warns of a startAt that is still to come, in seconds and as text", async () => {
    // A test's session begins at second 1000.
    for (const startAt of [1_001, "1970-01-01T00:16:41Z"]) {
      const session = testSession();
      await kind.check(session, IDENTITY, {}, { ...INPUTS, startAt });
      await kind.check(session, IDENTITY, {}, { ...INPUTS, startAt });
      expect(session.said).toEqual([expect.stringMatching(/^warn urn:orders: startAt is still to come/)]);
    }
    const other = testSession();
    for (const startAt of [1_000, "1970-01-01T00:16:40Z", UNKNOWN, "next week"])
      await kind.check(other, IDENTITY, {}, { ...INPUTS, startAt });
    expect(other.said).toEqual([]);
  });
});

describe("diff", () => {
  it.each<[Properties, Properties]>([
    [{}, { changes: false, replaces: [] }],
    [{ name: "x" }, { changes: true, replaces: [] }],
    [{ objects: { other: { tables: "all" } } }, { changes: true, replaces: [] }],
    [{ objects: UNKNOWN }, { changes: true, replaces: [] }],
    [{ tags: { a: "b" } }, { changes: true, replaces: [] }],
    [
      { payType: "PrePaid", period: { unit: "Month", count: 1 } },
      { changes: true, replaces: [] },
    ],
    [{ startAt: 7 }, { changes: true, replaces: [] }],
    [{ source: { ...SOURCE, user: "v", password: "w" } }, { changes: true, replaces: [] }],
    [{ source: { ...SOURCE, password: UNKNOWN } }, { changes: true, replaces: [] }],
    [{ source: { ...SOURCE, engine: "PostgreSQL" } }, { changes: true, replaces: ["source"] }],
    [{ source: { ...SOURCE, instanceId: UNKNOWN } }, { changes: true, replaces: ["source"] }],
    [{ network: { vpcId: "vpc-1", vSwitchId: "vsw-1" } }, { changes: true, replaces: ["network"] }],
    [{ region: "cn-beijing" }, { changes: true, replaces: ["region"] }],
  ])("%j", async (change, expected) => {
    const outputs = { ...INPUTS, instanceId: "dtsj1", jobId: "j1", status: "Normal" };
    expect(await kind.diff(outputs, { ...INPUTS, ...change })).toMatchObject(expected);
  });
});

describe("create", () => {
  it("buys, configures, tags and starts it, and waits until it is Normal", async () => {
    const session = testSession();
    const { id, outs } = await kind.create(session, { ...INPUTS, tags: { team: "shop" } });
    const job = session.fake.jobs.get(id);
    expect(job).toMatchObject({ name: "orders", status: "Normal", tags: { team: "shop" }, engine: "MySQL" });
    expect(job?.configured).toMatchObject({
      SourceEndpointInstanceID: "rm-1",
      SourceEndpointPassword: PASSWORD,
      DbList: '{"shop":{"name":"shop","all":true}}',
    });
    expect(outs).toMatchObject({
      ...INPUTS,
      instanceId: id,
      jobId: id.slice(3),
      status: "Normal",
      brokers: { public: "public:1", vpc: "vpc:2", internal: "internal:3" },
    });
  });

  it("orders a prepaid one with its period", async () => {
    const session = testSession();
    await kind.create(session, { ...INPUTS, payType: "PrePaid", period: { unit: "Year", count: 2 } });
    const order = session.fake.calls.find((call) => call.action === "CreateDtsInstance");
    expect(order?.parameters).toMatchObject({ PayType: "PrePaid", Period: "Year", UsedTime: 2 });
  });

  it("after a lost answer takes the only instance that has appeared", async () => {
    const session = testSession();
    session.fake.addJob({ status: "NotConfigured", name: "older" });
    session.fake.fail("CreateDtsInstance", "lost", { afterWork: true });
    const { id } = await kind.create(session, INPUTS);
    expect(session.fake.count("CreateDtsInstance")).toBe(1);
    expect(session.fake.jobs.size).toBe(2);
    expect(session.fake.jobs.get(id)?.name).toBe("orders");
  });

  it("after a lost answer names the candidates when several have appeared", async () => {
    const session = testSession();
    const send = session.fake.send.bind(session.fake);
    session.fake.send = async (request) => {
      if (request.action === "CreateDtsInstance") session.fake.addJob({ status: "NotConfigured" });
      return send(request);
    };
    session.fake.fail("CreateDtsInstance", "lost", { afterWork: true });
    await expect(kind.create(session, INPUTS)).rejects.toThrow(/dtsj1 .*dtsj2 .*\[AmbiguousCreate\]/);
    expect(session.fake.count("CreateDtsInstance")).toBe(1);
  });

  it("after a lost answer without a new instance it does not order again", async () => {
    const session = testSession();
    session.fake.fail("CreateDtsInstance", "unavailable");
    await expect(kind.create(session, INPUTS)).rejects.toThrow(/\[AnswerLost\]/);
    expect(session.fake.count("CreateDtsInstance")).toBe(1);
  });

  it("ten at once with lost answers make ten", async () => {
    const session = testSession();
    session.fake.fail("CreateDtsInstance", "lost", { afterWork: true, times: 10 });
    const names = Array.from({ length: 10 }, (_, index) => `i${index}`);
    const made = await Promise.all(names.map((name) => kind.create(session, { ...INPUTS, name })));
    expect(new Set(made.map((one) => one.id)).size).toBe(10);
    expect([...session.fake.jobs.values()].map((job) => job.name).sort()).toEqual(names);
  });

  it("throttling is waited out", async () => {
    const session = testSession();
    session.fake.fail("CreateDtsInstance", "throttled", { times: 1 });
    await kind.create(session, INPUTS);
    expect(session.fake.jobs.size).toBe(1);
  });

  it("a failed precheck keeps the instance with the reason in full, and an update mends it", async () => {
    const session = testSession();
    session.fake.startPath = ["Prechecking", "PrecheckFailed"];
    session.fake.precheckReason = "the account reader was refused by rm-1.";
    const error = await kind.create(session, INPUTS).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialError);
    const { id, properties, reasons, message } = error as PartialError;
    expect(message).toMatch(
      /CHECK_CONN_SRC: the account reader was refused by rm-1\. The instance.*\[PrecheckFailed\]/,
    );
    expect(reasons).toEqual([message]);
    expect(properties).toMatchObject({ name: "orders", instanceId: id, jobId: id.slice(3) });
    session.fake.startPath = ["Prechecking", "Starting", "Normal"];
    const mended = { ...INPUTS, source: { ...SOURCE, password: "right-1" } };
    expect(await kind.update(session, id, properties, mended)).toMatchObject({ status: "Normal" });
    expect(session.fake.jobs.get(id)?.configured.SourceEndpointPassword).toBe("right-1");
  });

  it("a failure after the order keeps the instance, and an update goes on from there", async () => {
    const session = testSession();
    session.fake.fail("ConfigureSubscription", "refused", { code: "InvalidDbList" });
    const error = (await kind.create(session, INPUTS).catch((thrown: unknown) => thrown)) as PartialError;
    expect(error).toBeInstanceOf(PartialError);
    expect(session.fake.jobs.get(error.id)?.status).toBe("NotConfigured");
    await kind.update(session, error.id, error.properties, INPUTS);
    expect(session.fake.jobs.get(error.id)).toMatchObject({ status: "Normal", name: "orders" });
    expect(session.fake.count("CreateDtsInstance")).toBe(1);
  });

  it("gives up at its time-out, keeps the instance and names the state", async () => {
    const session = testSession();
    session.fake.startPath = ["Prechecking", "Starting"];
    const error = await kind
      .create(session, { ...INPUTS, timeouts: { create: 30 } })
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(PartialError);
    expect((error as Error).message).toMatch(/waited 30 seconds.*last seen: Starting.*\[TimedOut\]/);
  });

  it("adoptExisting takes over the one of this name and brings it in line; of two it takes none", async () => {
    const session = testSession();
    session.fake.addJob({ name: "orders-2" });
    const job = session.fake.addJob({ name: "orders", status: "Abnormal" });
    const { id } = await kind.create(session, { ...INPUTS, adoptExisting: true });
    expect(id).toBe(job.id);
    expect(job.status).toBe("Normal");
    expect(job.configured.DbList).toBe('{"shop":{"name":"shop","all":true}}');
    session.fake.addJob({ name: "orders" });
    await expect(kind.create(testSession(session.fake), { ...INPUTS, adoptExisting: true })).rejects.toThrow(
      /several/,
    );
  });
});

describe("an instance on the move", () => {
  const Moving = { code: "OperationDenied.JobStatus", times: 2 };

  it.each([
    "ModifyDtsJobName",
    "ModifySubscription",
    "TransferPayType",
    "TagResources",
    "StartDtsJob",
    "DeleteDtsJob",
  ])("%s is refused for that: it is said why and how long, and made again", async (action) => {
    const { fake } = testSession();
    const { id, outs } = await kind.create(testSession(fake), INPUTS);
    const session = testSession(fake);
    session.fake.fail(action, "refused", Moving);
    const job = session.fake.jobs.get(id);
    if (action === "StartDtsJob" && job) job.status = "Abnormal";
    if (action === "DeleteDtsJob") await kind.delete(session, id, outs);
    else {
      const changed = {
        name: "renamed",
        objects: { other: {} },
        payType: "PrePaid",
        period: { unit: "Month", count: 1 },
      };
      await kind.update(session, id, outs, { ...INPUTS, ...changed, tags: { a: "b" } });
      expect(session.fake.jobs.get(id)).toMatchObject({
        name: "renamed",
        payType: "PrePaid",
        tags: { a: "b" },
      });
    }
    expect(session.fake.count(action)).toBeGreaterThanOrEqual(3);
    expect(session.said.join("\n")).toMatch(
      new RegExp(
        `${action} was refused \\(OperationDenied.JobStatus\\).*on the move.*for \\d+ seconds at most`,
      ),
    );
  });

  it("what never settles is refused in the end", async () => {
    const session = testSession();
    const { id } = await kind.create(session, INPUTS);
    session.fake.fail("DeleteDtsJob", "refused", { ...Moving, times: 1_000 });
    await expect(kind.delete(testSession(session.fake), id, INPUTS)).rejects.toThrow(
      "OperationDenied.JobStatus",
    );
  });
});

describe("update", () => {
  async function made(more: Properties = {}) {
    const session = testSession();
    const { id, outs } = await kind.create(session, { ...INPUTS, ...more });
    session.fake.calls.length = 0;
    return { session, id, outs };
  }

  it("changes name, objects, account, payment and tags in place, each by its own call", async () => {
    const { session, id, outs } = await made({ tags: { old: "1", both: "1" } });
    const news = {
      ...INPUTS,
      name: "renamed",
      objects: { shop: { tables: ["orders"] } },
      dataTypes: { dml: true, ddl: false },
      source: { ...SOURCE, password: "changed-1" },
      payType: "PrePaid",
      period: { unit: "Month", count: 3 },
      tags: { both: "2", fresh: "3" },
    };
    await kind.update(session, id, outs, news);
    expect(session.fake.jobs.get(id)).toMatchObject({
      name: "renamed",
      payType: "PrePaid",
      tags: { both: "2", fresh: "3" },
      configured: { SourceEndpointPassword: "changed-1", SubscriptionDataTypeDDL: false },
    });
    expect(session.fake.count("ConfigureSubscription")).toBe(0);
    expect(session.fake.count("StartDtsJob")).toBe(0);
  });

  it("sends only what differs", async () => {
    const { session, id, outs } = await made();
    await kind.update(session, id, outs, { ...INPUTS, name: "renamed" });
    const writes = session.fake.calls
      .map((call) => call.action)
      .filter((action) => !action.startsWith("Describe"));
    expect(writes).toEqual(["ModifyDtsJobName"]);
  });

  it("takes tags off that are not given any more", async () => {
    const { session, id, outs } = await made({ tags: { a: "1" } });
    await kind.update(session, id, outs, INPUTS);
    expect(session.fake.jobs.get(id)?.tags).toEqual({});
  });

  it("says what to do when the instance has gone", async () => {
    const session = testSession();
    await expect(kind.update(session, "dtsgone", INPUTS, INPUTS)).rejects.toThrow(
      /pulumi refresh.*\[NotFound\]/,
    );
  });
});

describe("read", () => {
  it("returns the inputs as they were when nothing has changed", async () => {
    const session = testSession();
    const network = { vpcId: "vpc-1", vSwitchId: "vsw-1" };
    const inputs = { ...INPUTS, network, objects: { shop: { tables: ["b", "a"] } }, tags: { a: "1" } };
    const { id, outs } = await kind.create(session, inputs);
    const read = await kind.read(session, id, outs);
    expect(read.inputs).toEqual(inputs);
    expect(read.props).toEqual(outs);
  });

  it("brings drift back as inputs", async () => {
    const session = testSession();
    const { id, outs } = await kind.create(session, INPUTS);
    const job = session.fake.jobs.get(id);
    if (job) Object.assign(job, { name: "by-hand", payType: "PREPAY", tags: { x: "y" } });
    if (job) job.configured.DbList = '{"other":{"name":"other","all":true}}';
    const { inputs } = await kind.read(session, id, outs);
    expect(inputs).toMatchObject({
      name: "by-hand",
      payType: "PrePaid",
      tags: { x: "y" },
      objects: { other: { tables: "all" } },
    });
    expect(inputs).toMatchObject({ source: SOURCE });
  });

  it("answers an empty id when it is gone", async () => {
    expect(await kind.read(testSession(), "dtsgone", INPUTS)).toEqual({ id: "", props: {} });
  });

  it("can start from the id alone, as .get() does", async () => {
    const fake = new FakeDts();
    const made = await kind.create(testSession(fake), INPUTS);
    const { props } = await kind.read(testSession(fake), made.id, {});
    expect(props).toMatchObject({
      instanceId: made.id,
      name: "orders",
      source: { engine: "MySQL", instanceId: "rm-1" },
    });
  });
});

describe("delete", () => {
  it("releases it, and again succeeds", async () => {
    const { fake } = testSession();
    const job = fake.addJob();
    await kind.delete(testSession(fake), job.id, INPUTS);
    expect(fake.jobs.size).toBe(0);
    await kind.delete(testSession(fake), job.id, INPUTS);
  });

  it("is refused while groups are there, naming them (DEL-1)", async () => {
    const session = testSession();
    const job = session.fake.addJob();
    session.fake.addGroup(job, "theirs", "acc", 3);
    const judged = async (groups: readonly string[]) =>
      (await kind.deleteRefusals?.(session, job.id, INPUTS, { groups: new Set(groups), tasks: new Set() })) ??
      [];
    expect((await judged([])).map((error) => error.code)).toEqual(["InstanceHasGroups"]);
    expect(await judged(job.groups.map((one) => one.id))).toEqual([]);
    await expect(kind.delete(session, job.id, INPUTS)).rejects.toThrow(
      /1 consumer group that.*"theirs" \(dtsg2, account acc, a client is connected\).*\[DEL-1\] \[InstanceHasGroups\]/,
    );
    expect(session.fake.jobs.size).toBe(1);
  });

  it("of a prepaid one is refused with what to do", async () => {
    const session = testSession();
    const job = session.fake.addJob({ payType: "PrePaid" });
    await expect(kind.delete(session, job.id, INPUTS)).rejects.toThrow(/retainOnDelete.*\[InstancePrepaid\]/);
    const leaving = { groups: new Set<string>(), tasks: new Set<string>() };
    const judged = await kind.deleteRefusals?.(session, job.id, { ...INPUTS, payType: "PrePaid" }, leaving);
    expect(judged?.map((error) => error.code)).toEqual(["InstancePrepaid"]);
  });
});
