import { scrubbed } from "../../../../contract/secrets/index.ts";
import type { Kernel } from "../../../core/kit/kernel.ts";
import type { Cleanup, Job } from "../../entities.ts";
import { dtsStore } from "../../store.ts";
import { orderOf } from "./capture-order.ts";
import type { Threads } from "./threads.ts";

const RETRY_MS_FIRST = 2_000;
const RETRY_MS_MAX = 3_600_000;
/** Some four days; after that it is for somebody to see to, and stays in the status. */
const ATTEMPTS_MAX = 100;
const CLEAN_UP_MS_MAX = 30_000;
const REMOVE_MS_MAX = 60_000;
/** Of a service that ends and keeps nothing: whoever stopped it waits. */
const LEAVE_MS_MAX = 5_000;
const AT_ONCE_MAX = 4;

/** To be written in the transaction that ends a capture: what is still to be removed outlives a crash. */
export function cleanupOf(
  kernel: Pick<Kernel, "clock" | "serviceId">,
  job: Job,
  removesLog: boolean,
): Cleanup | undefined {
  if (!job.capture || !job.configuration) return undefined;
  return {
    captureId: job.capture.id,
    instanceId: job.instanceId,
    serviceId: kernel.serviceId,
    configuration: job.configuration,
    removesLog,
    attempts: 0,
    nextAtMs: kernel.clock.now(),
  };
}

/** Removes what captures left behind; where the source cannot be reached it says what is left, and tries again. */
export class Cleanups {
  readonly #kernel: Kernel;
  readonly #threads: Threads;
  readonly #done: (captureId: string) => void;
  readonly #underWay = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(kernel: Kernel, threads: Threads, done: (captureId: string) => void) {
    this.#kernel = kernel;
    this.#threads = threads;
    this.#done = done;
  }

  /** Sees to what is due, and comes back when the next one is. */
  look(): void {
    if (this.#isClosed) return;
    const now = this.#kernel.clock.now();
    const open = dtsStore(this.#kernel.store)
      .cleanups()
      .filter(({ attempts }) => attempts < ATTEMPTS_MAX);
    if (open.length === 0) return;
    this.#threads.want();
    if (!this.#threads.log || !this.#threads.capture) return;
    for (const one of open) {
      if (one.nextAtMs > now || this.#underWay.has(one.captureId)) continue;
      if (this.#underWay.size >= AT_ONCE_MAX) break;
      this.#underWay.add(one.captureId);
      void this.#attempt(one).finally(() => {
        this.#underWay.delete(one.captureId);
        this.look();
      });
    }
    const waiting = open.filter(({ captureId }) => !this.#underWay.has(captureId));
    if (waiting.length === 0) return;
    const dueMs = Math.min(...waiting.map(({ nextAtMs }) => nextAtMs));
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), Math.min(Math.max(dueMs - now, 100), 60_000));
    this.#timer.unref();
  }

  /** What was left and is still there. */
  left(): object[] {
    return dtsStore(this.#kernel.store)
      .cleanups()
      .flatMap(({ captureId, instanceId, left, attempts, nextAtMs }) =>
        left === undefined
          ? []
          : [
              {
                instanceId,
                captureId,
                left,
                attempts,
                next: attempts < ATTEMPTS_MAX ? new Date(nextAtMs).toISOString() : "given up",
              },
            ],
      );
  }

  /**
   * Before a service ends that keeps nothing: nobody would know any more of what its captures made in the sources. What cannot
   * be removed within 5 s is told in the log.
   */
  async leaveNothing(): Promise<void> {
    const store = dtsStore(this.#kernel.store);
    const all = [
      ...store.cleanups(),
      ...store.jobs().flatMap((job) => cleanupOf(this.#kernel, job, true) ?? []),
    ];
    if (!this.#threads.capture) return;
    await Promise.all(
      all.map(async (cleanup) => {
        const { instanceId, captureId } = cleanup;
        await this.#cleanSource(cleanup, LEAVE_MS_MAX).catch(({ message }: Error) =>
          this.#kernel.log.warn("dts.leftBehind", { instanceId, captureId, left: message }),
        );
      }),
    );
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async #attempt(cleanup: Cleanup): Promise<void> {
    const { captureId, removesLog } = cleanup;
    const failure = await this.#cleanSource(cleanup).then(
      () => undefined,
      (error: Error) => error.message,
    );
    const log = removesLog ? await this.#removeLog(captureId) : undefined;
    if (this.#isClosed) return;
    const store = dtsStore(this.#kernel.store);
    // The job may have been deleted meanwhile, which wants the log gone as well.
    const present = store.cleanup(captureId);
    if (!present) return;
    const left = failure ?? log;
    if (left === undefined) {
      if (present.removesLog === removesLog) {
        store.deleteCleanup(captureId);
        this.#kernel.log.info("dts.cleanedUp", { instanceId: cleanup.instanceId, captureId });
        this.#done(captureId);
      }
      return;
    }
    const attempts = present.attempts + 1;
    const waitMs = Math.min(RETRY_MS_FIRST * 2 ** Math.min(attempts - 1, 20), RETRY_MS_MAX);
    const nextAtMs = this.#kernel.clock.now() + waitMs * (0.5 + this.#kernel.random.fraction() / 2);
    store.putCleanup({ ...present, attempts, nextAtMs, left });
    this.#kernel.log.warn("dts.leftBehind", { instanceId: cleanup.instanceId, captureId, left, attempts });
  }

  async #cleanSource(
    { captureId, configuration, serviceId }: Cleanup,
    msMax = CLEAN_UP_MS_MAX,
  ): Promise<void> {
    const order = orderOf(this.#kernel, captureId, configuration, {
      serviceId,
      mayBegin: false,
      firstOffset: 0,
      run: 0,
    });
    const { capture } = this.#threads;
    if (!order)
      throw new Error(
        `The settings no longer say where the source ${configuration.source.instanceId} of ${captureId} is, so nothing was removed there.`,
      );
    if (!capture) throw new Error("The capture thread is not there.");
    await capture.ask("cleanUp", order, { msMax }).catch((error: Error) => {
      throw new Error(scrubbed(error.message, order.password === "" ? [] : [order.password]));
    });
  }

  async #removeLog(captureId: string): Promise<string | undefined> {
    const { log } = this.#threads;
    if (!log) return `The log of ${captureId} is still there.`;
    return log.ask("remove", { captureId }, { msMax: REMOVE_MS_MAX }).then(
      () => undefined,
      (error: Error) => `The log of ${captureId} could not be removed: ${error.message}`,
    );
  }
}
