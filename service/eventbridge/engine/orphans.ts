import type { Kernel } from "../../core/kit/kernel.ts";
import type { BackgroundWork } from "../../core/kit/room-lifecycle.ts";
import type { Stream } from "../entities.ts";
import { eventbridgeStore } from "../store.ts";
import { goneProblems } from "./check-gone.ts";
import { configurationOf } from "./configuration.ts";

interface OrphanParts {
  readonly kernel: Kernel;
  readonly background: BackgroundWork;
  /** Called inside a transaction. */
  fail(stream: Stream, reason: string): void;
}

/**
 * Gives the function that looks, a moment later, for running streams that have lost what they need. Many things that
 * go at once are looked after once. A stream that failed so starts again by a call, as any that failed.
 */
export function watchOrphans({ kernel, background, fail }: OrphanParts): () => void {
  const store = eventbridgeStore(kernel.store);
  let isLooking = false;

  function look(): void {
    isLooking = false;
    background.transition({ look: "orphans" }, () => {
      for (const stream of store.streamsIn("RUNNING")) {
        const gone = goneProblems(kernel, configurationOf(kernel, stream));
        if (gone.length > 0) fail(stream, gone.join("; "));
      }
    });
  }

  return () => {
    if (isLooking) return;
    isLooking = true;
    // After the present work is stored.
    background.later(0, look);
  };
}
