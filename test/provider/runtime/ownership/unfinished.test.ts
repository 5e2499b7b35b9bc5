import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Session } from "../../../../provider/runtime/host/session.ts";
import { readSettings } from "../../../../provider/runtime/host/settings.ts";
import {
  closeWithTheHost,
  type Unfinished,
  unfinishedFiles,
  unfinishedFolder,
} from "../../../../provider/runtime/ownership/unfinished.ts";
import type { Properties } from "../../../../provider/runtime/resource.ts";
import { changeTrackingInstanceKind } from "../../../../provider/runtime/resources/change-tracking-instance/index.ts";
import { consumerGroupKind } from "../../../../provider/runtime/resources/consumer-group/index.ts";
import { FakeDts, type FakeJob, testSession } from "../../support/fake-dts.ts";

/*
 * Found by killing the CLI: a create that was answered, but whose state was not written, made the next `pulumi up`
 * refuse the group as somebody else's, and buy the instance a second time.
 */
const PASSWORD = "Passw0rd-secret";
const INSTANCE: Properties = {
  name: "orders",
  region: "cn-hangzhou",
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "u", password: PASSWORD },
  objects: { shop: { tables: "all" } },
  dataTypes: { dml: true, ddl: true },
  payType: "PostPaid",
};

/** The first job of every fake service. */
const JOB = "dtsj1";

let folder: string;
let fake: FakeDts;
let job: FakeJob;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "unfinished-")), "notes");
  fake = new FakeDts();
  job = fake.addJob();
});
afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

function group(name = "a", more: Properties = {}): Properties {
  const place = { platform: "changeTracking", instance: JOB, region: "cn-hangzhou" };
  return { ...place, name, account: `acc_${name}`, password: PASSWORD, ...more };
}

/** One run of a program, in which the resources have the given URNs. */
function run(resources: Record<string, [kind: string, inputs: Properties]>, program = "/program") {
  const unfinished = unfinishedFiles(folder, program, () => Date.now());
  const session: Session = { ...testSession(fake), unfinished };
  for (const [urn, [kind, inputs]] of Object.entries(resources)) {
    session.memory.rememberUrn(kind, inputs, urn);
  }
  return { session, end: () => unfinished.close() };
}

const createGroup = (session: Session, inputs = group()) => consumerGroupKind.create(session, inputs);
const createInstance = (session: Session, inputs = INSTANCE) =>
  changeTrackingInstanceKind.create(session, inputs);
const A = { "urn:a": ["ConsumerGroup", group()] } as Record<string, [string, Properties]>;
const ORDERS = { "urn:orders": ["ChangeTrackingInstance", INSTANCE] } as Record<string, [string, Properties]>;

const notes = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));

describe("a group whose run was killed", () => {
  it("is gone on with by the next run of the same program", async () => {
    const { id } = await createGroup(run(A).session);
    const next = run(A);
    expect((await createGroup(next.session)).id).toBe(id);
    expect(job.groups).toHaveLength(1);
    next.end();
    expect(notes()).toEqual([]);
  });

  it("is gone on with by its name and account when the answer had not come either", async () => {
    fake.fail("CreateConsumerChannel", "lost", { afterWork: true });
    const first = run(A).session;
    // The listing before the create works, the one after it does not: the process is as good as dead.
    const list = first.api.call.bind(first.api);
    let lists = 0;
    const dying: Session = {
      ...first,
      api: {
        ...first.api,
        call: (request, options) => {
          if (request.action === "DescribeConsumerChannel" && ++lists > 1) throw new Error("killed");
          return list(request, options);
        },
      },
    };
    await expect(createGroup(dying)).rejects.toThrow("killed");
    expect(job.groups).toHaveLength(1);
    expect((await createGroup(run(A).session)).id).toBe(job.groups[0]?.id);
    expect(job.groups).toHaveLength(1);
  });

  it("is somebody else's to another program, another resource, another account and another service", async () => {
    await createGroup(run(A).session);
    const refused = /AlreadyExists/;
    await expect(createGroup(run(A, "/elsewhere").session)).rejects.toThrow(refused);
    const other = { "urn:b": ["ConsumerGroup", group()] } as typeof A;
    await expect(createGroup(run(other).session)).rejects.toThrow(refused);
    await expect(createGroup(run({}).session)).rejects.toThrow(refused);
    const name = job.groups[0]?.id ?? "";
    Object.assign(job.groups[0] ?? {}, { id: "dtsother" });
    await expect(createGroup(run(A).session)).rejects.toThrow(refused);
    Object.assign(job.groups[0] ?? {}, { id: name });
    expect((await createGroup(run(A).session)).id).toBe(name);
  });

  it("is somebody else's once the run has ended in order, or its id was seen in the state", async () => {
    const first = run(A);
    await createGroup(first.session);
    first.end();
    await expect(createGroup(run(A).session)).rejects.toThrow(/AlreadyExists/);

    job.groups = [];
    const { id } = await createGroup(run(A).session);
    run(A).session.unfinished.recorded(id);
    await expect(createGroup(run(A).session)).rejects.toThrow(/AlreadyExists/);
  });

  it("does not become one's own by a create that was refused because the name is taken", async () => {
    const first = run(A);
    // Somebody is quicker, between the look and the create, with the very same name and account.
    const call = first.session.api.call.bind(first.session.api);
    const api: Session["api"] = {
      ...first.session.api,
      call: (request, options) => {
        if (request.action === "CreateConsumerChannel") fake.addGroup(job, "a", "acc_a");
        return call(request, options);
      },
    };
    await expect(createGroup({ ...first.session, api })).rejects.toThrow(/AlreadyExists/);
    await expect(createGroup(run(A).session)).rejects.toThrow(/AlreadyExists/);
    expect(notes()).toEqual([]);
  });
});

describe("an instance whose run was killed", () => {
  it("is gone on with from where it was", async () => {
    fake.fail("StartDtsJob", "refused");
    await expect(createInstance(run(ORDERS).session)).rejects.toThrow("told to");
    const { id } = await createInstance(run(ORDERS).session);
    expect(fake.count("CreateDtsInstance")).toBe(1);
    expect(fake.jobs.get(id)).toMatchObject({ status: "Normal", name: "orders" });
  });

  it("is the only empty one that was not there before, when the answer had not come either", async () => {
    fake.addJob({ status: "NotConfigured" });
    fake.fail("CreateDtsInstance", "lost", { afterWork: true });
    const dead = run(ORDERS).session;
    const clock = { ...dead.clock, sleep: () => Promise.reject(new Error("killed")) };
    await expect(createInstance({ ...dead, clock })).rejects.toThrow("killed");
    const bought = [...fake.jobs.keys()].at(-1);
    expect((await createInstance(run(ORDERS).session)).id).toBe(bought);
    expect(fake.count("CreateDtsInstance")).toBe(1);
  });

  it("is asked for when there are several", async () => {
    fake.fail("CreateDtsInstance", "lost", { afterWork: true });
    const dead = run(ORDERS).session;
    const clock = { ...dead.clock, sleep: () => Promise.reject(new Error("killed")) };
    await expect(createInstance({ ...dead, clock })).rejects.toThrow("killed");
    const other = fake.addJob({ status: "NotConfigured" });
    await expect(createInstance(run(ORDERS).session)).rejects.toThrow(/cut off.*AmbiguousCreate/);
    fake.jobs.delete(other.id);
    await createInstance(run(ORDERS).session);
    expect(fake.count("CreateDtsInstance")).toBe(1);
  });

  it("is bought anew when it is gone, and when nothing was bought", async () => {
    const { id } = await createInstance(run(ORDERS).session);
    fake.jobs.delete(id);
    expect((await createInstance(run(ORDERS).session)).id).not.toBe(id);
    fake.jobs.clear();
    fake.fail("CreateDtsInstance", "refused");
    await expect(createInstance(run(ORDERS).session)).rejects.toThrow("told to");
    expect(notes()).toEqual([]);
  });
});

describe("CHANGE_TRACKING_ADOPT_EXISTING, for a run on another machine", () => {
  const adopting = (session: Session): Session => ({
    ...session,
    settings: readSettings(
      (key) => (key === "changetracking:endpoint" ? "http://127.0.0.1:8780" : undefined),
      {
        CHANGE_TRACKING_ADOPT_EXISTING: "true",
      },
    ),
  });

  it("takes over groups and instances by their names", async () => {
    fake.addGroup(job, "a");
    const [there] = job.groups;
    expect((await createGroup(adopting(run(A).session))).id).toBe(there?.id);
    expect(job.groups).toMatchObject([{ account: "acc_a", password: PASSWORD }]);
    const named = fake.addJob({ name: "orders" });
    expect((await createInstance(adopting(run(ORDERS).session))).id).toBe(named.id);
  });

  it("is off by default and for any other text", () => {
    const read = (text?: string) =>
      readSettings(() => undefined, { CHANGE_TRACKING_ADOPT_EXISTING: text }).adoptsExisting;
    expect([read(), read(""), read("1"), read("false"), read("true")]).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
  });
});

describe("the notes", () => {
  it("hold no secret, stand beside the CLI's own files, and are given up after a month", async () => {
    expect(unfinishedFolder({ PULUMI_HOME: "/home/p" })).toBe("/home/p/change-tracking/unfinished");
    await createGroup(run(A).session);
    await createInstance(run(ORDERS).session);
    expect(notes()).toHaveLength(2);
    expect(notes().join()).not.toContain(PASSWORD);
    const monthAgo = Date.now() / 1000 - 31 * 24 * 3600;
    for (const name of readdirSync(folder)) utimesSync(join(folder, name), monthAgo, monthAgo);
    run(A).session.unfinished.recorded("dtsnobody");
    expect(notes()).toEqual([]);
  });

  it("cost no create when they cannot be written or read", async () => {
    writeFileSync(folder, "not a folder");
    const { id } = await createGroup(run(A).session);
    expect(id).toBe(job.groups[0]?.id);
    run(A).end();
    rmSync(folder);
  });

  it("are settled when the engine ends the host", () => {
    const heard: string[] = [];
    const listeners = new Map<string, () => void>();
    const host = {
      pid: 7,
      once: (signal: string, listener: () => void) => listeners.set(signal, listener),
      kill: (pid: number, signal: string) => heard.push(`${signal} ${pid}`),
    };
    closeWithTheHost(
      { close: () => heard.push("closed") } as unknown as Unfinished,
      host as unknown as NodeJS.Process,
    );
    listeners.get("SIGINT")?.();
    expect(heard).toEqual(["closed", "SIGINT 7"]);
  });
});
