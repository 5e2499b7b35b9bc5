import type { Worker } from "node:worker_threads";
import { type Handlers, type Line, openLine, type Port } from "./line.ts";

const RETRY_MS_FIRST = 500;
const RETRY_MS_MAX = 30_000;

export interface Thread {
  readonly port: Port;
  /** Called once, when it has ended by itself; with the reason where one is known. */
  onEnd(listener: (reason: string) => void): void;
  terminate(): Promise<void>;
}

export function threadOf(worker: Worker): Thread {
  let failure: string | undefined;
  worker.on("error", (error) => {
    failure = error.message;
  });
  return {
    port: worker,
    onEnd: (listener) =>
      void worker.once("exit", (status) => listener(failure ?? `it ended with status ${status}`)),
    async terminate() {
      await worker.terminate();
    },
  };
}

type Calls<C> = { readonly [K in keyof C]: (input: never) => unknown };

interface KeptThreadParts<C extends Calls<C>, N extends Calls<N>> {
  readonly spawn: () => Thread;
  readonly needs: Handlers<N>;
  /** What the thread told could not be taken, because the store was full, for example. */
  readonly failed: (told: string, error: Error) => void;
  /** What has to be done before it can be used; when it rejects, the thread ends and is tried again. Default: nothing. */
  readonly begin?: (line: Line<C>) => Promise<void>;
  /** It can be used; what an earlier one knew is gone. */
  readonly up: () => void;
  /** It could not be started, or has ended; it is tried again after the wait. */
  readonly down: (reason: string, retryMs: number) => void;
}

/** A thread that is started again when it dies, after waits that grow while it does not stay up. */
export class KeptThread<C extends Calls<C>, N extends Calls<N>> {
  readonly #parts: KeptThreadParts<C, N>;
  #thread: Thread | undefined;
  #line: Line<C> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStarted = false;
  #isClosed = false;
  #restarts = 0;
  #failure: string | undefined;
  #retryMs = RETRY_MS_FIRST;
  #upAtMs = Number.POSITIVE_INFINITY;

  constructor(parts: KeptThreadParts<C, N>) {
    this.#parts = parts;
  }

  /** Undefined while it is not up. */
  get line(): Line<C> | undefined {
    return this.#line;
  }

  get restarts(): number {
    return this.#restarts;
  }

  /** Why it is not up. */
  get failure(): string | undefined {
    return this.#failure;
  }

  /** Unless it was started already. */
  start(): void {
    if (this.#isStarted || this.#isClosed) return;
    this.#isStarted = true;
    this.#start();
  }

  /** It is not started again from now on. */
  forbid(): void {
    this.#isClosed = true;
    clearTimeout(this.#timer);
  }

  async close(): Promise<void> {
    this.forbid();
    this.#line?.close("the service stops");
    const thread = this.#thread;
    this.#thread = undefined;
    this.#line = undefined;
    await thread?.terminate();
  }

  #start(): void {
    const { spawn, needs, failed, begin } = this.#parts;
    let thread: Thread;
    try {
      thread = spawn();
    } catch (error) {
      this.#retry((error as Error).message);
      return;
    }
    this.#thread = thread;
    const line = openLine<C, N>(thread.port, needs, failed);
    thread.onEnd((reason) => {
      line.close(reason);
      void this.#ended(thread, reason);
    });
    if (!begin) {
      this.#isUp(line);
      return;
    }
    begin(line).then(
      () => {
        if (!this.#isClosed && this.#thread === thread) this.#isUp(line);
      },
      (error: Error) => {
        line.close(error.message);
        void this.#ended(thread, error.message);
      },
    );
  }

  #isUp(line: Line<C>): void {
    this.#upAtMs = performance.now();
    this.#failure = undefined;
    this.#line = line;
    this.#parts.up();
  }

  async #ended(thread: Thread, reason: string): Promise<void> {
    if (this.#thread !== thread) return;
    this.#thread = undefined;
    this.#line = undefined;
    await thread.terminate().catch(() => undefined);
    this.#retry(reason);
  }

  #retry(reason: string): void {
    if (this.#isClosed) return;
    this.#restarts += 1;
    this.#failure = reason;
    // One that was up for long was well; one that dies as soon as it is up is no better than one that does not start.
    if (performance.now() - this.#upAtMs > RETRY_MS_MAX) this.#retryMs = RETRY_MS_FIRST;
    this.#upAtMs = Number.POSITIVE_INFINITY;
    const waitMs = this.#retryMs * (0.5 + Math.random() / 2);
    this.#retryMs = Math.min(2 * this.#retryMs, RETRY_MS_MAX);
    this.#parts.down(reason, Math.round(waitMs));
    this.#timer = setTimeout(() => this.#start(), waitMs);
    this.#timer.unref();
  }
}
