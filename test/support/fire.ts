import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect } from "vitest";
import { isProcessAlive } from "../../tools/ps.ts";
import { nameOf } from "./e2e/events.ts";
import type { TestStack } from "./e2e.ts";
import type { TestService } from "./service.ts";

/** Numbers from 0 to below 1, the same ones for the same seed, so that a run that failed can be had again. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The same from 0 to below `below`, whole. */
export function seededPick(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
}

/** The seed of this run: `FIRE_SEED`, else the test's own. */
export function fireSeed(own: number): number {
  return Number(process.env.FIRE_SEED ?? own);
}

export interface FireProgram {
  /** Names of the groups. */
  readonly groups: readonly string[];
  /** An instance that is there already; without it the program makes one. */
  readonly instanceId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Further inputs of every group, as source text. */
  readonly more?: string;
}

export const FIRE_PASSWORD = "Fire-pw-8812";

/** One instance with its groups, in plain JavaScript: nothing is compiled. */
export function fireProgram({ groups, instanceId, tags, more = "" }: FireProgram): Record<string, string> {
  const source = `{ engine: "MySQL", accessMethod: "RDS", instanceId: "rm-fire", user: "reader", password: "Sourc3-pw-1" }`;
  const instance =
    instanceId === undefined
      ? `new ChangeTrackingInstance("fire", { source: ${source}, objects: { shop: {} }, tags: ${JSON.stringify(tags)} })`
      : JSON.stringify(instanceId);
  const text = `
const { ChangeTrackingInstance, ConsumerGroup } = require("pulumi-change-tracking");
const instance = ${instance};
for (const name of ${JSON.stringify(groups)}) {
  new ConsumerGroup(name, { platform: "changeTracking", instance, account: "a_" + name, password: "${FIRE_PASSWORD}", ${more} });
}
`;
  return { "index.js": text };
}

export function groupNames(count: number, prefix = "g"): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
}

/** What is in the service's own tables. */
export interface ServiceTruth {
  readonly instances: readonly { id: string; name: string; status: string }[];
  readonly groups: readonly { id: string; name: string; account: string; jobId: string }[];
  readonly tags: readonly { instanceId: string; key: string; value: string }[];
}

interface Snapshot {
  readonly rooms: Record<string, { tables: Record<string, { columns: string[]; rows: unknown[][] }> }>;
}

/** Reads the tables through a snapshot: what a restart would find. */
export async function truthOf(service: TestService): Promise<ServiceTruth> {
  const { rooms } = (await service.admin("GET", "snapshot")) as unknown as Snapshot;
  const rows = (name: string) => {
    const table = rooms.dts?.tables[name];
    if (!table) throw new Error(`the snapshot has no table ${name}`);
    return table.rows.map(
      (row) =>
        Object.fromEntries(table.columns.map((column, at) => [column, row[at]])) as Record<string, string>,
    );
  };
  return {
    instances: rows("dts_jobs").map((row) => ({
      id: row.instance_id ?? "",
      name: row.name ?? "",
      status: row.status ?? "",
    })),
    groups: rows("dts_groups").map((row) => ({
      id: row.group_id ?? "",
      name: row.name ?? "",
      account: row.user_name ?? "",
      jobId: row.job_id ?? "",
    })),
    tags: rows("dts_tags").map((row) => ({
      instanceId: row.instance_id ?? "",
      key: row.key ?? "",
      value: row.value ?? "",
    })),
  };
}

interface Checkpoint {
  readonly resources?: readonly { type: string; id?: string }[];
  readonly pending_operations?: readonly { type: string; resource: { urn: string } }[];
}

/** The state as its file has it: the CLI would take a second to tell. */
function checkpointOf(stack: TestStack): Checkpoint {
  const path = join(stack.stateDir, ".pulumi/stacks/test/dev.json");
  if (!existsSync(path)) throw new Error(`there is no state at ${path}`);
  const file = JSON.parse(readFileSync(path, "utf8")) as { checkpoint: { latest?: Checkpoint } };
  return file.checkpoint.latest ?? {};
}

/** The ids that a state holds, of instances and of groups. */
export function idsInState(stack: TestStack): { instances: string[]; groups: string[] } {
  const resources = checkpointOf(stack).resources ?? [];
  const ids = (kind: string) =>
    resources.filter((one) => one.type.endsWith(`:${kind}`)).map((one) => one.id ?? "");
  return { instances: ids("ChangeTrackingInstance"), groups: ids("ConsumerGroup") };
}

/** What the state holds was answered, so it is there; what was not answered may be there or not. */
export async function expectNothingLost(service: TestService, stack: TestStack): Promise<void> {
  const { instances, groups } = await truthOf(service);
  const state = idsInState(stack);
  expect(instances.map((one) => one.id)).toEqual(expect.arrayContaining(state.instances));
  expect(groups.map((one) => one.id)).toEqual(expect.arrayContaining(state.groups));
}

/** A delete that was answered has left the state, so nothing is there that the state does not hold. */
export async function expectNothingBack(service: TestService, stack: TestStack): Promise<void> {
  const { instances, groups } = await truthOf(service);
  const state = idsInState(stack);
  expect(state.instances).toEqual(expect.arrayContaining(instances.map((one) => one.id)));
  expect(state.groups).toEqual(expect.arrayContaining(groups.map((one) => one.id)));
}

/** What the engine had begun when it was cut off, as `creating g1`. */
export function pendingOperations(stack: TestStack): string[] {
  const pending = checkpointOf(stack).pending_operations ?? [];
  return pending.map((one) => `${one.type} ${nameOf(one.resource.urn)}`);
}

/**
 * What README.md says to do after Pulumi was killed: `pulumi cancel`; and where the file backend was cut off while it
 * wrote the small file beside the state, that one is deleted first. Returns how often the latter was needed.
 */
export async function cancelLock(stack: TestStack): Promise<number> {
  const { code, stdout, stderr } = await stack.run(["cancel", "--yes"]);
  if (code === 0) return 0;
  if (!stderr.includes("failed to load checkpoint: EOF"))
    throw new Error(`pulumi cancel: ${stdout}${stderr}`);
  const beside = join(stack.stateDir, ".pulumi/stacks/test/dev.json.attrs");
  expect(readFileSync(beside, "utf8")).toBe("");
  rmSync(beside);
  expect((await stack.run(["cancel", "--yes"])).code).toBe(0);
  return 1;
}

const CALLS_MS_MAX = 300_000;

/**
 * Waits until the run has had so many more answers, or has ended. Moments are counted and not timed, so that a kill
 * falls into the same part of a run however busy the machine is.
 */
export async function untilCalls(service: TestService, run: FireRun, count: number): Promise<void> {
  const wanted = (await callsSoFar(service)) + count;
  const untilMs = performance.now() + CALLS_MS_MAX;
  while (!run.ended && (await callsSoFar(service)) < wanted && performance.now() < untilMs) await delay(15);
}

async function callsSoFar(service: TestService): Promise<number> {
  const { total } = (await service.admin("GET", "journal?limit=1")) as { total: number };
  return total;
}

/** A run of the CLI that can be interrupted. */
export interface FireRun {
  readonly child: ChildProcess;
  readonly done: Promise<{ code: number | null; signal: NodeJS.Signals | null; text: string; ms: number }>;
  readonly ended: boolean;
  /** Kills the CLI and everything it started: the plugins lead process groups of their own. */
  killAll(): Promise<void>;
  /** Kills the CLI and nothing else. What it has started goes on until `killAll`. */
  killAlone(): Promise<void>;
  /** As Ctrl-C does: the signal goes to the terminal's foreground process group, which plugins are not in. */
  interrupt(): void;
}

const RUN_MS_MAX = 600_000;

export function startRun(stack: TestStack, args: readonly string[], env: NodeJS.ProcessEnv = {}): FireRun {
  const startedMs = performance.now();
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: stack.folder,
    env: { ...stack.env, ...env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  let ended = false;
  let left: number[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const timer = setTimeout(() => void killTree(child.pid === undefined ? [] : [child.pid]), RUN_MS_MAX);
  const done: FireRun["done"] = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      ended = true;
      clearTimeout(timer);
      // What was written before the end may still be on its way.
      setTimeout(() => resolve({ code, signal, text, ms: performance.now() - startedMs }), 50);
    });
  });
  return {
    child,
    done,
    get ended() {
      return ended;
    },
    killAll: () => killTree([...left, ...(child.pid === undefined ? [] : [child.pid])]),
    async killAlone() {
      if (child.pid === undefined) return;
      kill(child.pid, "SIGSTOP");
      left = descendantsOf([child.pid]);
      kill(child.pid, "SIGKILL");
    },
    interrupt() {
      if (!ended && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
    },
  };
}

const KILL_ROUNDS_MAX = 20;

/** Stops first, so that nothing is started while the tree is read; then kills, until nobody of the tree is left. */
async function killTree(roots: readonly number[]): Promise<void> {
  const family = new Set<number>(roots);
  for (let round = 0; round < KILL_ROUNDS_MAX; round += 1) {
    for (const pid of descendantsOf([...family])) family.add(pid);
    const alive = [...family].filter(isProcessAlive);
    if (alive.length === 0) return;
    for (const pid of alive) kill(pid, round === 0 ? "SIGSTOP" : "SIGKILL");
    if (round > 0) await delay(10);
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone already.
  }
}

/** Every process that these have started, and those that they have. */
export function descendantsOf(roots: readonly number[]): number[] {
  const children = new Map<number, number[]>();
  for (const [pid, parent] of existsSync("/proc/self/stat") ? parentsByProc() : parentsByPs()) {
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const queue = [...roots];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const below = children.get(next) ?? [];
    found.push(...below);
    queue.push(...below);
  }
  return found;
}

/** Every process with its parent; small images have no `ps`. */
function parentsByProc(): [number, number][] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid): [number, number][] => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      return [[Number(pid), Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1])]];
    } catch {
      return [];
    }
  });
}

function parentsByPs(): [number, number][] {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [pid = 0, parent = 0] = line.trim().split(/\s+/).map(Number);
      return [pid, parent];
    });
}

/** Adds fault rules one after the other. */
export async function addFaults(service: TestService, rules: readonly object[]): Promise<void> {
  for (const rule of rules) await service.admin("POST", "faults", rule);
}
