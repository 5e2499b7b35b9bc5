import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { changeJob, patchJob } from "./jobs.ts";
import { lifecycleOf } from "./lifecycle.ts";

/** Lets all groups of a job begin again with what changed from this second on. */
export async function moveGroups(kernel: Kernel, job: Job, seconds: number): Promise<void> {
  const { capture, configuration, jobId } = job;
  const place = capture && (await lifecycleOf(kernel).plane.seek(capture.id, seconds));
  changeJob(kernel, jobId, (present) => {
    patchJob(kernel, present, { consumptionCheckpointSeconds: seconds });
    if (!place || !configuration || present.capture?.id !== capture?.id) return;
    const store = dtsStore(kernel.store);
    for (const { groupId } of store.groups(jobId)) {
      store.putPosition({
        groupId,
        jobId,
        topic: configuration.topic,
        nextOffset: place.offset,
        // The DTS SDK reads it as a time, and finds its place by that.
        metadata: String(seconds),
        seconds,
        committedAtMs: kernel.clock.now(),
      });
    }
  });
}
