import type { Kernel } from "../../core/kit/kernel.ts";
import type { Configuration, Stream } from "../entities.ts";
import { eventbridgeStore } from "../store.ts";
import { goneProblems } from "./check-gone.ts";

/** A look that could not be stored (a full disk) is taken again, so often and after so long. */
const triesMax = 60;
const retryMs = 1_000;

export interface OrphanParts {
  readonly kernel: Kernel;
  /** Does the work after the present one is stored, unless the room is closed by then. */
  later(delayMs: number, work: () => void): void;
  /** Called inside a transaction. */
  fail(stream: Stream, reason: string): void;
}

/**
 * Gives the function that looks, a moment later, for running streams that have lost what they need. Many things that
 * go at once are looked after once. A stream that failed so starts again by a call, as any that failed.
 */
export function watchOrphans({ kernel, later, fail }: OrphanParts): () => void {
  const store = eventbridgeStore(kernel.store);
  let isLooking = false;

  function look(triesLeft: number): void {
    isLooking = false;
    try {
      kernel.store.transaction(() => {
        for (const stream of store.streamsIn("RUNNING")) {
          const text = kernel.vault.open(stream.sealedConfiguration);
          const gone = goneProblems(kernel, JSON.parse(text) as Configuration);
          if (gone.length > 0) fail(stream, gone.join("; "));
        }
      });
    } catch (error) {
      kernel.log.error("eventbridge.look", { error: String(error), triesLeft });
      if (triesLeft > 0) later(retryMs, () => look(triesLeft - 1));
    }
  }

  return () => {
    if (isLooking) return;
    isLooking = true;
    later(0, () => look(triesMax));
  };
}
