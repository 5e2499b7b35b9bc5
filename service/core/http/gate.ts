/** Holds calls back while the tables change under them (seeding, reset, restore). */
export interface Gate {
  /** Runs `pass` now, or when the gate opens again; `refuse` when that takes too long or too many wait. */
  enter(pass: () => void, refuse: () => void): void;
  /**
   * Closes the gate, waits until no call is running (within the bound), does the work, opens it again.
   * Several such works run one after the other.
   */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** Waits until no call is running; false when the bound came first. */
  drained(msMax: number): Promise<boolean>;
}

interface GateBounds {
  readonly waitMsMax: number;
  readonly drainMsMax: number;
}

const POLL_MS = 5;
const WAITING_MAX = 1_000;

export function openGate(running: () => number, bounds: GateBounds): Gate {
  let closed = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const waiting = new Set<() => void>();

  async function drained(msMax: number): Promise<boolean> {
    const endMs = performance.now() + msMax;
    while (running() > 0) {
      if (performance.now() >= endMs) return false;
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
    return true;
  }

  function reopen(): void {
    closed -= 1;
    if (closed > 0) return;
    const passing = [...waiting];
    waiting.clear();
    for (const pass of passing) pass();
  }

  return {
    enter(pass, refuse) {
      if (closed === 0) return pass();
      if (waiting.size >= WAITING_MAX) return refuse();
      const enterLater = () => {
        clearTimeout(timer);
        pass();
      };
      const timer = setTimeout(() => {
        waiting.delete(enterLater);
        refuse();
      }, bounds.waitMsMax);
      waiting.add(enterLater);
    },
    alone(work) {
      closed += 1;
      const mine = turn.then(async () => {
        try {
          await drained(bounds.drainMsMax);
          return await work();
        } finally {
          reopen();
        }
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
    drained,
  };
}
