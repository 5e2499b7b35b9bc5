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
  /** What it had lost is back. Called inside a transaction. */
  recover(stream: Stream): void;
}

/** Between two looks whether what a stream has lost is back. By the real clock: a scaled one might not wait at all. */
const BACK_EVERY_MS = 2_000;

/**
 * Gives the function that looks, a moment later, for running streams that have lost what they need. Many things that
 * go at once are looked after once. A stream that failed so starts again when what it lost is back, or by a call.
 */
export function watchOrphans({ kernel, background, fail, recover }: OrphanParts): () => void {
  const store = eventbridgeStore(kernel.store);
  let isLooking = false;
  let isLookingBack = false;
  const isWhole = (stream: Stream) => goneProblems(kernel, configurationOf(kernel, stream)).length === 0;

  function lookBack(): void {
    isLookingBack = false;
    if (background.isClosed) return;
    const lost = store.streamsIn("RUNNING_FAILED").filter(({ isLost }) => isLost === true);
    const back = lost.filter(isWhole);
    if (back.length > 0) {
      background.transition({ look: "back" }, () => {
        for (const stream of back) recover(stream);
      });
    }
    if (lost.length > 0) lookBackLater();
  }

  function lookBackLater(): void {
    if (isLookingBack) return;
    isLookingBack = true;
    setTimeout(lookBack, BACK_EVERY_MS).unref();
  }

  function look(): void {
    isLooking = false;
    background.transition({ look: "orphans" }, () => {
      for (const stream of store.streamsIn("RUNNING")) {
        const gone = goneProblems(kernel, configurationOf(kernel, stream));
        if (gone.length > 0) fail(stream, gone.join("; "));
      }
    });
    lookBackLater();
  }

  return () => {
    if (isLooking) return;
    isLooking = true;
    // After the present work is stored.
    background.later(0, look);
  };
}
