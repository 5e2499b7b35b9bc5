/*
 * What change tracking should do, in as few words as possible: states as published, nothing of how the service keeps
 * them. Each call answers the code of its refusal, or an empty text, and changes nothing when it refuses.
 */

export interface ModelGroup {
  name: string;
  userName: string;
}

export interface ModelJob {
  name: string;
  status: "NotConfigured" | "NotStarted" | "Starting" | "Normal" | "Modifying" | "Abnormal" | "Finished";
  objects: string;
  /** When a prepaid instance may be released; undefined for pay-as-you-go. */
  paidUntilMs: number | undefined;
  groups: Map<string, ModelGroup>;
  tags: Map<string, string>;
}

/** Everything there is, by instance id. */
export type World = Map<string, ModelJob>;

export const GROUPS_MAX = 20;
export const TAGS_MAX = 20;

const STATUS = "OperationDenied.JobStatus";
const MODIFYING = "OperationDenied.JobStatusModifying";

export function copyOf(world: World): World {
  return structuredClone(world);
}

/** States that end by themselves have ended. */
export function settle(world: World): void {
  for (const job of world.values()) {
    if (job.status === "Starting" || job.status === "Modifying") job.status = "Normal";
  }
}

export function newJob(name: string, paidUntilMs: number | undefined): ModelJob {
  return { name, status: "NotConfigured", objects: "{}", paidUntilMs, groups: new Map(), tags: new Map() };
}

export const jobCalls = {
  configure(job: ModelJob, name: string, objects: string): string {
    if (job.status !== "NotConfigured" && job.status !== "NotStarted") {
      return "UpdateJob.OperationDenied.InitStatus";
    }
    Object.assign(job, { status: "NotStarted", name, objects });
    return "";
  },
  /** A declared source passes its precheck at once. */
  start(job: ModelJob): string {
    if (job.status === "Modifying") return MODIFYING;
    if (job.status === "NotConfigured" || job.status === "Finished") return STATUS;
    if (job.status === "NotStarted" || job.status === "Abnormal") job.status = "Starting";
    return "";
  },
  suspend(job: ModelJob): string {
    if (job.status === "Modifying") return MODIFYING;
    if (job.status === "Abnormal") return "";
    if (job.status !== "Normal" && job.status !== "Starting") return STATUS;
    job.status = "Abnormal";
    return "";
  },
  stop(job: ModelJob): string {
    if (job.status === "NotConfigured") return STATUS;
    job.status = "Finished";
    return "";
  },
  reset(job: ModelJob): string {
    if (job.status === "NotConfigured") return "";
    Object.assign(job, { status: "NotConfigured", objects: "{}" });
    job.groups.clear();
    return "";
  },
  rename(job: ModelJob, name: string): string {
    job.name = name;
    return "";
  },
  modify(job: ModelJob, _name: string, objects: string): string {
    if (job.status === "Modifying") return MODIFYING;
    if (["NotConfigured", "Finished", "Starting"].includes(job.status)) return STATUS;
    if (job.status === "Normal") job.status = "Modifying";
    job.objects = objects;
    return "";
  },
};

export type JobCall = keyof typeof jobCalls;

export function remove(world: World, id: string, nowMs: number): string {
  if ((world.get(id)?.paidUntilMs ?? 0) > nowMs) return "OperationDenied.PayType";
  world.delete(id);
  return "";
}

/** The codes that may be answered: with a name and an account both taken it may be either. */
export function addGroupRefusals(job: ModelJob, group: ModelGroup): string[] {
  if (job.status !== "Normal") return [STATUS];
  const clashes = clashesOf(job, group, "");
  if (clashes.length > 0) return clashes;
  return job.groups.size >= GROUPS_MAX ? ["QuotaExceeded.ConsumerGroup"] : [];
}

export function clashesOf(job: ModelJob, group: ModelGroup, except: string): string[] {
  const others = [...job.groups].filter(([id]) => id !== except).map(([, other]) => other);
  return [
    ...(others.some((one) => one.name === group.name) ? ["InvalidConsumerGroupName.Duplicate"] : []),
    ...(others.some((one) => one.userName === group.userName)
      ? ["InvalidConsumerGroupUserName.Duplicate"]
      : []),
  ];
}

export function tag(job: ModelJob, tags: ReadonlyMap<string, string>): string {
  const all = new Map([...job.tags, ...tags]);
  if (all.size > TAGS_MAX) return "InvalidTag";
  job.tags = all;
  return "";
}
