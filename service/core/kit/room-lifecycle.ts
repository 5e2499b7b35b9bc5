import type { Store } from "../store/store.ts";
import type { Kernel } from "./kernel.ts";

/**
 * A transition that could not be stored (a full disk) is tried again for as long as the room is open, at first after
 * one second, later after a minute: nothing must stand still for ever because nobody made room in time.
 */
const RETRY_MS_FIRST = 1_000;
const RETRY_MS_MAX = 60_000;

/** Work that goes on behind the answers, until the room is closed. */
export interface BackgroundWork {
  /** Runs `work` after `delayMs` of the service's clock. */
  later(delayMs: number, work: () => void): void;
  /** Runs `work` in one transaction, now; `about` names it in the log when it must be tried again. */
  transition(about: Readonly<Record<string, unknown>>, work: () => void): void;
  readonly isClosed: boolean;
}

interface RoomLifecycle<T, G extends readonly unknown[]> {
  /** Called when the room opens; what `open` gives is closed with its pending work. */
  open(kernel: Kernel, ...given: G): T & { close(): void };
  /** What belongs to the kernel's store. Throws before the room is open. */
  of(kernel: Pick<Kernel, "store">): T;
  /** The same, undefined before the room is open: for what is shown in any case. */
  find(kernel: Pick<Kernel, "store">): T | undefined;
}

/**
 * The lifecycle of a room's things: `open` resumes what an earlier process left under way and gives what moves things
 * between states.
 */
export function roomLifecycle<T extends object, G extends readonly unknown[] = []>(
  room: string,
  open: (kernel: Kernel, background: BackgroundWork, ...given: G) => T,
): RoomLifecycle<T, G> {
  const opened = new WeakMap<Store, T>();
  return {
    open(kernel, ...given) {
      const background = backgroundWork(kernel, room);
      const close = () => {
        background.close();
        if (opened.get(kernel.store) === lifecycle) opened.delete(kernel.store);
      };
      const lifecycle = Object.assign(open(kernel, background, ...given), { close });
      opened.set(kernel.store, lifecycle);
      return lifecycle;
    },
    find: ({ store }) => opened.get(store),
    of({ store }) {
      const lifecycle = opened.get(store);
      if (!lifecycle) throw new Error("the room is not open");
      return lifecycle;
    },
  };
}

function backgroundWork(kernel: Kernel, room: string): BackgroundWork & { close(): void } {
  const cancels = new Set<() => void>();
  let isClosed = false;

  function later(delayMs: number, work: () => void): void {
    const cancel = kernel.clock.after(delayMs, () => {
      cancels.delete(cancel);
      if (!isClosed) work();
    });
    cancels.add(cancel);
  }

  function attempt(about: Readonly<Record<string, unknown>>, work: () => void, retryMs: number): void {
    try {
      kernel.store.transaction(work);
    } catch (error) {
      kernel.log.error(`${room}.transition`, { ...about, error: String(error), retryMs });
      later(retryMs, () => attempt(about, work, Math.min(2 * retryMs, RETRY_MS_MAX)));
    }
  }

  return {
    later,
    transition: (about, work) => attempt(about, work, RETRY_MS_FIRST),
    get isClosed() {
      return isClosed;
    },
    close() {
      isClosed = true;
      for (const cancel of cancels) cancel();
      cancels.clear();
    },
  };
}
