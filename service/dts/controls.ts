import { z } from "zod";
import { DTS_ERRORS, GATEWAY_ERRORS, serviceError } from "../../contract/errors/index.ts";
import type { Kernel } from "../core/kit/kernel.ts";
import { groupNotFound, invalidParameter, jobNotFound } from "./engine/failures.ts";
import { lifecycleOf } from "./engine/lifecycle.ts";
import { whyNotCaptured } from "./engine/plane/capture-order.ts";
import { notesOf, standingReport } from "./engine/plane/report.ts";
import type { Job } from "./entities.ts";
import { dtsStore } from "./store.ts";
import { changesOf } from "./views/change.ts";

const PAGE_BYTES = 256 * 1024;
const NAMED_MAX = 10;

const wish = z.strictObject({
  /** Its id, its task's id or its name. */
  instance: z.string().min(1),
  /** Of a group: its id or its name. */
  group: z.string().min(1).optional(),
  account: z.string().min(1).optional(),
  /** Seconds since the epoch, 0 for all that is kept. */
  fromSeconds: z.int().min(0).optional(),
  /** Of the answer before: goes on from there. */
  next: z.strictObject({ log: z.string(), offset: z.int().min(0) }).optional(),
});

/** What only a local service has. */
export const dtsControls = {
  /**
   * `{ "instance": "dts...", "fromSeconds": 0 }`: a page of decoded changes, read beside the groups and moving none of them.
   * Without a time and a group it begins behind the last record, with a group where that has read to. The answer's `next`,
   * handed back, goes on.
   */
  async changes(kernel: Kernel, body: unknown): Promise<object> {
    const parsed = wish.safeParse(body);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      throw invalidParameter(issue?.path.join(".") || "body", issue?.message ?? "");
    }
    const { next } = parsed.data;
    const job = namedJob(kernel, parsed.data.instance);
    const captureId = job.capture?.id;
    if (captureId === undefined) throw nothingCaptured(kernel, job);
    const { plane } = lifecycleOf(kernel);
    const { log } = plane.threads;
    if (!log) throw notOpenYet(job, plane.threads.status().failure);
    const isNewLog = next !== undefined && next.log !== captureId;
    const wanted = next
      ? isNewLog
        ? (job.capture?.firstOffset ?? 0)
        : next.offset
      : await firstOffset(kernel, job, captureId, parsed.data);
    const page = await log.ask("read", { captureId, fromOffset: wanted, bytesMax: PAGE_BYTES });
    return {
      instance: job.instanceId,
      status: job.status,
      ...(job.errorMessage === undefined ? {} : { errorMessage: job.errorMessage }),
      /** What is not tracked, and why. */
      notes: notesOf(plane, job),
      ...standingReport(kernel, job),
      next: { log: captureId, offset: page.nextOffset },
      /** Records that were given up before they could be read. */
      lost: wanted === undefined ? 0 : Math.max(0, page.fromOffset - wanted),
      isNewLog,
      changes: changesOf(page),
    };
  },
};

async function firstOffset(
  kernel: Kernel,
  job: Job,
  captureId: string,
  { group, account, fromSeconds }: z.output<typeof wish>,
): Promise<number | undefined> {
  const committed = group === undefined ? undefined : positionOf(kernel, job, group, account);
  if (fromSeconds !== undefined) return (await lifecycleOf(kernel).plane.seek(captureId, fromSeconds)).offset;
  return group === undefined ? undefined : (committed ?? job.capture?.firstOffset ?? 0);
}

/** Behind the last record that the group says it has read; undefined when it never said so. */
function positionOf(
  kernel: Kernel,
  job: Job,
  named: string,
  account: string | undefined,
): number | undefined {
  const store = dtsStore(kernel.store);
  const groups = store.groups(job.jobId);
  const group = groups.find(({ groupId, name }) => groupId === named || name === named);
  if (!group) {
    const known = choice(groups.map(({ groupId, name }) => `${groupId} (${name})`));
    throw groupNotFound(`${named} of ${job.instanceId}; there ${known}`);
  }
  if (account !== undefined && account !== group.userName)
    throw invalidParameter("account", `The account of ${group.groupId} is ${group.userName}.`);
  const position = store.position(group.groupId);
  return position?.topic === job.configuration?.topic ? position?.nextOffset : undefined;
}

function namedJob(kernel: Kernel, named: string): Job {
  const store = dtsStore(kernel.store);
  const job = store.jobOfInstance(named) ?? store.job(named);
  if (job) return job;
  const jobs = store.jobs();
  const [first, second] = jobs.filter(({ name }) => name === named);
  if (second)
    throw invalidParameter("instance", `Several instances are called ${named}; name one by its id.`);
  if (first) return first;
  const known = choice(jobs.map(({ instanceId, name }) => `${instanceId} (${name})`));
  throw jobNotFound(`${named}; there ${known}`);
}

/** Reads on "there". */
function choice(known: readonly string[]): string {
  if (known.length === 0) return "is none";
  const more = known.length > NAMED_MAX ? ` and ${known.length - NAMED_MAX} more` : "";
  return `are: ${known.slice(0, NAMED_MAX).join(", ")}${more}`;
}

function nothingCaptured(kernel: Kernel, job: Job) {
  const why = whyNotCaptured(kernel, job) ?? `the instance is ${job.status}, and nothing was captured yet`;
  return serviceError(DTS_ERRORS.OperationDeniedJobStatus, {
    message: `There is nothing to read of ${job.instanceId}: ${why}.`,
  });
}

/** As while the service starts: whoever waits for the service waits for this too. */
function notOpenYet({ instanceId }: Job, failure: string | undefined) {
  const why = failure === undefined ? "" : ` (${failure})`;
  return serviceError(GATEWAY_ERRORS.ServiceUnavailable, {
    message: `The log of ${instanceId} is not open${why}; try again in a moment.`,
  });
}
