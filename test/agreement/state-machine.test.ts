import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { type DtsService, PASSWORD, startDts } from "../service/dts/support/service.ts";
import {
  addGroupRefusals,
  clashesOf,
  copyOf,
  type JobCall,
  jobCalls,
  type ModelJob,
  newJob,
  remove,
  settle,
  tag,
  type World,
} from "./support/model.ts";
import { runsOf } from "./support/runs.ts";
import { openWire, type Wire, type WireAnswer } from "./support/wire.ts";

/*
 * Random walks through the life of instances, their groups and tags, each step made in the service and in the model.
 * Time stands still but for the steps that let it pass; the states that end by themselves take 300 seconds.
 */

const runs = runsOf(60);
const STEPS_MAX = 60;
const WAIT_SCALE = 1_000;
const PASSING_MS = 301_000;
const MONTH_MS = 32 * 86_400_000;

let folder: string;
let dts: DtsService;
let wire: Wire;
/** How far the service's time is ahead; a restart does not turn it back. */
let passedMs = 0;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "state-machine-"));
  dts = await startDts({
    dataDir: join(folder, "data"),
    settings: { waitScale: WAIT_SCALE, logLevel: "warn" },
    now: () => Date.now() + passedMs,
  });
});
beforeEach(() => {
  wire = openWire(dts.service, now);
});
afterEach(() => wire.close());
afterAll(async () => {
  await dts?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Ground {
  world: World;
  /** The last snapshot of both sides. */
  kept: { world: World; snapshot: unknown } | undefined;
}

type Step = fc.AsyncCommand<Ground, undefined>;

/** A step on one of the instances that there are, chosen by a number. */
function onJob(
  label: string,
  pick: number,
  work: (job: ModelJob, id: string, ground: Ground) => Promise<void>,
): Step {
  return {
    check: ({ world }) => world.size > 0,
    async run(ground) {
      const ids = [...ground.world.keys()];
      const id = ids[pick % ids.length] as string;
      const job = ground.world.get(id) as ModelJob;
      await work(job, id, ground);
      await prechecks();
      if (ground.world.has(id)) expect(await observed(id)).toEqual(shown(job));
    },
    toString: () => `${label}#${pick}`,
  };
}

function onAll(label: string, work: (ground: Ground) => Promise<void>): Step {
  return {
    check: () => true,
    async run(ground) {
      await work(ground);
      await prechecks();
      await compareAll(ground.world);
    },
    toString: () => label,
  };
}

const objectsOf = (database: string) => JSON.stringify({ [database]: { name: database, all: true } });

const names = fc.constantFrom("a", "b", "c", "d", "名", "😀");
const pick = fc.nat({ max: 20 });

const actionOf: Record<JobCall, string> = {
  configure: "ConfigureSubscription",
  start: "StartDtsJob",
  suspend: "SuspendDtsJob",
  stop: "StopDtsJob",
  reset: "ResetDtsJob",
  rename: "ModifyDtsJobName",
  modify: "ModifySubscription",
};

function parametersOf(call: JobCall, id: string, word: string): Record<string, unknown> {
  const own = { DtsInstanceId: id };
  if (call === "rename") return { DtsJobId: id.slice(3), DtsJobName: word };
  if (call === "modify") return { ...own, DbList: objectsOf(word) };
  if (call !== "configure") return own;
  return {
    ...own,
    DtsJobName: word,
    DbList: objectsOf(word),
    SubscriptionInstanceNetworkType: "classic",
    SourceEndpointInstanceType: "RDS",
    SourceEndpointInstanceID: "rm-1",
  };
}

const buy = fc.boolean().map(
  (prepaid): Step => ({
    check: ({ world }) => world.size < 4,
    async run({ world }) {
      const terms = prepaid ? { PayType: "PrePaid", Period: "Month", UsedTime: 1 } : { PayType: "PostPaid" };
      const answer = await accepted("CreateDtsInstance", { Type: "SUBSCRIBE", ...terms });
      const id = String(answer.body.InstanceId);
      world.set(id, newJob(id, prepaid ? now() + 28 * 86_400_000 : undefined));
    },
    toString: () => `buy ${prepaid ? "PrePaid" : "PostPaid"}`,
  }),
);

/** The usual way up, in one step, so that walks spend their time where most can happen. */
const bringUp = fc.tuple(pick, names).map(([at, word]) =>
  onJob(`bring up ${word}`, at, async (job, id, { world }) => {
    const ways: readonly JobCall[] =
      job.status === "Finished" ? ["reset", "configure", "start"] : ["configure", "start"];
    for (const call of ways) await callOne(call, job, id, word);
    await advance(PASSING_MS);
    settle(world);
  }),
);

async function callOne(call: JobCall, job: ModelJob, id: string, word: string): Promise<void> {
  const answer = await wire.call(actionOf[call], parametersOf(call, id, word));
  expect(answer.code, answer.message).toBe(jobCalls[call](job, word, objectsOf(word)));
  await prechecks();
}

const jobCall = (weighted: readonly JobCall[]) =>
  fc
    .tuple(fc.constantFrom(...weighted), pick, names)
    .map(([call, at, word]) => onJob(`${call} ${word}`, at, (job, id) => callOne(call, job, id, word)));

const release = pick.map((at) =>
  onJob("delete", at, async (_, id, { world }) => {
    const answer = await wire.call("DeleteDtsJob", { DtsInstanceId: id });
    expect(answer.code, answer.message).toBe(remove(world, id, now()));
  }),
);

const payAsYouGo = pick.map((at) =>
  onJob("pay as you go", at, async (job, id) => {
    await accepted("TransferPayType", { DtsJobId: id.slice(3), ChargeType: "PostPaid" });
    job.paidUntilMs = undefined;
  }),
);

const addGroup = fc
  .tuple(pick, names, names)
  .map(([at, name, user]) =>
    onJob(`add group ${name} ${user}`, at, (job, id) => addOne(job, id, name, accountOf(user))),
  );

const fillGroups = pick.map((at) =>
  onJob("add 21 groups", at, async (job, id) => {
    for (let i = 0; i < 21; i += 1) await addOne(job, id, `filled-${i}`, `filled_${i}`);
  }),
);

async function addOne(job: ModelJob, id: string, name: string, userName: string): Promise<void> {
  const answer = await wire.call("CreateConsumerChannel", {
    DtsInstanceId: id,
    ConsumerGroupName: name,
    ConsumerGroupUserName: userName,
    ConsumerGroupPassword: PASSWORD,
  });
  const refusals = addGroupRefusals(job, { name, userName });
  expect(refusals.length === 0 ? [""] : refusals).toContain(answer.code);
  if (answer.code === "") job.groups.set(String(answer.body.ConsumerGroupID), { name, userName });
}

const changeGroup = fc.tuple(pick, pick, names, fc.option(names)).map(([at, which, name, user]) =>
  onJob(`change group ${which} ${name} ${user}`, at, async (job, id) => {
    const [groupId, group] = [...job.groups][which % Math.max(1, job.groups.size)] ?? ["dtsnone", undefined];
    const next = { name, userName: user === null ? (group?.userName ?? "") : accountOf(user) };
    const answer = await wire.call("ModifyConsumerChannel", {
      DtsInstanceId: id,
      ConsumerGroupId: groupId,
      ConsumerGroupName: name,
      ...(user === null ? {} : { ConsumerGroupUserName: accountOf(user) }),
    });
    const clashes = group === undefined ? ["InvalidConsumerGroupId.NotFound"] : clashesOf(job, next, groupId);
    expect(clashes.length === 0 ? [""] : clashes).toContain(answer.code);
    if (answer.code === "") job.groups.set(groupId, next);
  }),
);

const dropGroup = fc.tuple(pick, pick).map(([at, which]) =>
  onJob(`drop group ${which}`, at, async (job, id) => {
    const groupId = [...job.groups.keys()][which % Math.max(1, job.groups.size)] ?? "dtsnone";
    const answer = await wire.call("DeleteConsumerChannel", { DtsInstanceId: id, ConsumerGroupId: groupId });
    expect(answer.code).toBe(job.groups.delete(groupId) ? "" : "InvalidConsumerGroupId.NotFound");
  }),
);

const putTags = fc
  .tuple(pick, fc.dictionary(names, names, { minKeys: 1 }), fc.nat({ max: 12 }))
  .map(([at, some, more]) =>
    onJob(`tag ${JSON.stringify(some)} and ${more}`, at, async (job, id) => {
      const extra = Array.from({ length: more }, (_, i): [string, string] => [
        `${Object.keys(some)[0]}${i}`,
        "",
      ]);
      const tags = new Map([...Object.entries(some), ...extra]);
      const Tag = [...tags].map(([Key, Value]) => ({ Key, Value }));
      const answer = await wire.call("TagResources", { ResourceId: [id], Tag });
      expect(answer.code, answer.message).toBe(tag(job, tags));
    }),
  );

const dropTags = fc.tuple(pick, fc.option(names)).map(([at, key]) =>
  onJob(`untag ${key}`, at, async (job, id) => {
    const which = key === null ? { All: true } : { TagKey: [key] };
    await accepted("UntagResources", { ResourceId: [id], ...which });
    if (key === null) job.tags.clear();
    else job.tags.delete(key);
  }),
);

const pass = fc.constant(
  onAll("time passes", async ({ world }) => {
    await advance(PASSING_MS);
    settle(world);
  }),
);

const passMonth = fc.constant(
  onAll("a month passes", async ({ world }) => {
    await advance(MONTH_MS);
    settle(world);
  }),
);

const snapshot = fc.constant(
  onAll("snapshot", async (ground) => {
    ground.kept = { world: copyOf(ground.world), snapshot: await dts.service.admin("GET", "snapshot") };
  }),
);

const restore = fc.constant(
  onAll("restore", async (ground) => {
    if (ground.kept === undefined) return;
    await dts.service.admin("POST", "restore", ground.kept.snapshot);
    ground.world = copyOf(ground.kept.world);
  }),
);

const restart = fc.constant(
  onAll("restart", async () => {
    wire.close();
    await dts.service.restart();
    wire = openWire(dts.service, now);
  }),
);

it("agrees with a model in every state, through snapshots and restarts", async () => {
  const steps = [
    buy,
    buy,
    ...Array.from({ length: 6 }, () => bringUp),
    ...Array.from({ length: 3 }, () =>
      jobCall(["configure", "start", "suspend", "stop", "reset", "rename", "modify"]),
    ),
    jobCall(["modify", "suspend", "start"]),
    ...Array.from({ length: 5 }, () => addGroup),
    ...[fillGroups, changeGroup, changeGroup, dropGroup, putTags, putTags, dropTags],
    ...[pass, pass, release, payAsYouGo, passMonth, snapshot, snapshot, restore, restart],
  ];
  const property = fc.asyncProperty(
    fc.commands(steps, { maxCommands: STEPS_MAX, size: "max" }),
    async (walk) => {
      await dts.service.admin("POST", "reset");
      const setup = () => ({ model: { world: new Map(), kept: undefined } as Ground, real: undefined });
      await fc.asyncModelRun(setup, walk);
    },
  );
  await fc.assert(property, { numRuns: runs });
});

const now = () => dts.kernel.clock.now();
const accountOf = (word: string) => `u_${"abcd名😀".indexOf(word)}`;

async function accepted(action: string, parameters: Record<string, unknown>): Promise<WireAnswer> {
  const answer = await wire.call(action, parameters);
  expect(answer.code, `${action} ${answer.message}`).toBe("");
  return answer;
}

/** Lets what is due run: timers of the moved clock, then what they lead to. */
async function advance(ms: number): Promise<void> {
  passedMs += ms;
  // Looks at the time again.
  dts.service.running?.clock.move(0);
  await new Promise((resolve) => setTimeout(resolve, 3));
}

/** Prechecks of declared sources need a few turns, no time. */
async function prechecks(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await nextTurn();
}

interface Shown {
  readonly status: string;
  readonly name: string;
  readonly objects: string;
  readonly groups: unknown;
  readonly tags: unknown;
}

function shown(job: ModelJob): Shown {
  return {
    status: job.status,
    name: job.name,
    objects: job.objects,
    groups: new Map(job.groups),
    tags: new Map(job.tags),
  };
}

/** The same by way of the published answers. */
async function observed(id: string): Promise<Shown> {
  const detail = (await accepted("DescribeDtsJobDetail", { DtsInstanceID: id })).body;
  const page = { DtsInstanceId: id, PageSize: 100 };
  const listed = (await accepted("DescribeConsumerChannel", page)).body;
  const groups = listed.ConsumerChannels as Record<string, string>[];
  expect(listed.TotalRecordCount).toBe(groups.length);
  const tagged = await accepted("ListTagResources", {
    ResourceType: "ALIYUN::DTS::INSTANCE",
    ResourceId: [id],
  });
  const { TagResource } = tagged.body.TagResources as { TagResource: Record<string, string>[] };
  return {
    status: String(detail.Status),
    name: String(detail.DtsJobName),
    objects: String(detail.DbObject),
    groups: new Map(
      groups.map((one) => [
        one.ConsumerGroupId,
        { name: one.ConsumerGroupName, userName: one.ConsumerGroupUserName },
      ]),
    ),
    tags: new Map(TagResource.map((one) => [one.TagKey, one.TagValue])),
  };
}

async function compareAll(world: World): Promise<void> {
  const { body } = await accepted("DescribeDtsJobs", { JobType: "SUBSCRIBE", PageSize: 100 });
  const ids = (body.DtsJobList as { DtsInstanceID: string }[]).map((job) => job.DtsInstanceID);
  expect(ids.sort()).toEqual([...world.keys()].sort());
  for (const [id, job] of world) expect(await observed(id)).toEqual(shown(job));
  const { rooms } = (await dts.service.admin("GET", "status")) as { rooms: { dts: Record<string, unknown> } };
  const jobs = [...world.values()];
  const byStatus: Record<string, number> = {};
  for (const { status } of jobs) byStatus[status] = (byStatus[status] ?? 0) + 1;
  expect(rooms.dts).toMatchObject({
    instances: jobs.length,
    groups: jobs.reduce((sum, job) => sum + job.groups.size, 0),
    byStatus,
  });
}
