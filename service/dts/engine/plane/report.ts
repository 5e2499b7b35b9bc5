import type { Kernel } from "../../../core/kit/kernel.ts";
import type { Job } from "../../entities.ts";
import { dtsStore } from "../../store.ts";
import { brokerForm, ownAddress, ownPublicAddress } from "../brokers.ts";
import { lifecycleOf } from "../lifecycle.ts";
import { captureStanding } from "../standing.ts";
import { capturedSource, whyNotCaptured } from "./capture-order.ts";
import type { Plane } from "./plane.ts";

/** What `/_service/status` says of the data: who listens where, and how each capture is. */
export function dataReport(kernel: Kernel): object {
  const { plane } = lifecycleOf(kernel);
  const { threads } = plane;
  const jobs = dtsStore(kernel.store).jobs();
  const address = threads.place ? ownAddress(kernel) : undefined;
  const publicAddress = threads.place ? ownPublicAddress(kernel) : undefined;
  return {
    brokers: { addresses: brokerForm(kernel) },
    kafka: {
      listening: threads.log !== undefined,
      ...(address === undefined ? {} : { address }),
      ...(publicAddress === undefined ? {} : { publicAddress }),
      ...threads.status(),
    },
    captures: jobs
      .filter(({ capture }) => capture !== undefined)
      .map((job) => captureReport(kernel, plane, job)),
    notCaptured: jobs.flatMap((job) => {
      const why = whyNotCaptured(kernel, job);
      return why === undefined ? [] : [{ instanceId: job.instanceId, why }];
    }),
    leftBehind: plane.cleanups.left(),
  };
}

/** What a capture that runs does not track, and why. */
export function notesOf(plane: Plane, job: Job): readonly string[] {
  const state = plane.stateOf(job);
  return state?.kind === "running" ? state.notes : [];
}

/** How far its source was read, and how long ago that was committed; what is not known is left out. */
export function standingReport(kernel: Kernel, job: Job) {
  const { place, delayMs } = captureStanding(kernel, job);
  return {
    ...(place && { position: place.text }),
    ...(place?.gtid === undefined ? {} : { gtid: place.gtid }),
    ...(delayMs === undefined ? {} : { lagSeconds: Math.floor(delayMs / 1000) }),
  };
}

function captureReport(kernel: Kernel, plane: Plane, job: Job): object {
  const range = plane.range(job);
  const state = plane.stateOf(job);
  const source = capturedSource(kernel, job.configuration);
  const captureId = job.capture?.id ?? "";
  return {
    instanceId: job.instanceId,
    captureId,
    ...(source && { source: `${source.host}:${source.port}` }),
    status: job.status,
    state: state?.kind ?? "stopped",
    ...(job.trouble && { trouble: { ...job.trouble, message: job.errorMessage ?? "" } }),
    notes: notesOf(plane, job),
    topic: job.configuration?.topic ?? "",
    ...standingReport(kernel, job),
    ...(range && { log: logReport(range) }),
    largeRows: plane.largeRows.of(captureId),
    groups: dtsStore(kernel.store)
      .groups(job.jobId)
      .map((group) => {
        const activity = plane.consumption.activity(group);
        return {
          groupId: group.groupId,
          clients: activity?.clients ?? [],
          refusedClients: plane.consumption.sessionOf(group.groupId)?.refused ?? 0,
          unconsumed: activity?.accumulatedMessages ?? 0,
          delaySeconds: activity?.delaySeconds ?? 0,
        };
      }),
  };
}

function logReport(range: NonNullable<ReturnType<Plane["range"]>>): object {
  const time = (seconds: number | undefined) =>
    seconds === undefined ? undefined : new Date(seconds * 1000).toISOString();
  return {
    startOffset: range.startOffset,
    endOffset: range.endOffset,
    first: time(range.firstSeconds),
    last: time(range.lastSeconds),
    bytes: range.bytes,
  };
}
