/** From this size on a request takes long enough to read that others would notice when many come at once. */
const LARGE_BYTES_MIN = 16 * 1024;
/** A pause as long as the work itself leaves half of the time to everybody else, up to this. */
const PAUSE_MS_MAX = 100;

/** Has large requests worked on one at a time, with room for everybody else's calls between two of them. */
interface LargeRequestQueue {
  /** Runs `work` now, or when its turn has come. How many wait is bounded by the budget of bodies. */
  take(bytes: number, work: () => void): void;
}

export function openLargeRequestQueue(): LargeRequestQueue {
  const waiting: (() => void)[] = [];
  let busy = false;

  function next(): void {
    const work = waiting.shift();
    busy = work !== undefined;
    if (work === undefined) return;
    const startedMs = performance.now();
    try {
      work();
    } finally {
      setTimeout(next, Math.min(performance.now() - startedMs, PAUSE_MS_MAX));
    }
  }

  return {
    take(bytes, work) {
      if (bytes < LARGE_BYTES_MIN) return work();
      waiting.push(work);
      if (!busy) next();
    },
  };
}
