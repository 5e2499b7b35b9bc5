import type { Kernel } from "../../../core/kit/kernel.ts";
import { dtsStore } from "../../store.ts";
import { findLifecycle } from "../lifecycle.ts";
import { cleanupOf } from "./cleanups.ts";

/**
 * Before the tables are emptied or exchanged: every capture that the new ones do not know of, and all that was waiting to be
 * removed, is to be removed then. A capture that both know goes on with its log, which no snapshot takes back.
 */
export function leaveCaptures(kernel: Kernel): () => void {
  const store = dtsStore(kernel.store);
  const waiting = store.cleanups();
  const captures = store.jobs().flatMap((job) => cleanupOf(kernel, job, true) ?? []);
  return () => {
    const kept = new Set(store.jobs().map(({ capture }) => capture?.id));
    for (const cleanup of [...waiting, ...captures]) {
      if (!kept.has(cleanup.captureId)) store.putCleanup(cleanup);
    }
  };
}

/** The logs, which a snapshot does not hold: where they are missing after a restore, their jobs say so. */
export function logsLeftOut(kernel: Kernel): readonly string[] {
  const plane = findLifecycle(kernel)?.plane;
  return dtsStore(kernel.store)
    .jobs()
    .filter(({ capture }) => capture !== undefined)
    .map((job) => {
      const range = plane?.range(job);
      const size = range ? `: ${range.endOffset - range.startOffset} records, ${range.bytes} bytes` : "";
      return `the log of ${job.instanceId} (${job.configuration?.topic ?? ""})${size}`;
    });
}
