import { MessageChannel } from "node:worker_threads";
import type { Logger } from "../../../core/kit/log.ts";
import { type Handlers, type Line, openLine, type Port } from "../../../core/threads/line.ts";
import type {
  CaptureThreadCalls,
  CaptureThreadNeeds,
  ListeningPlace,
  LogThreadCalls,
  LogThreadNeeds,
} from "../../threads/messages.ts";

const RETRY_MS_FIRST = 500;
const RETRY_MS_MAX = 30_000;
/** Logs may have to be looked through after a crash. */
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 12_000;

export type ThreadKind = "log" | "capture";

export interface Thread {
  readonly port: Port;
  /** Called once, when it has ended by itself; with the reason where one is known. */
  onEnd(listener: (reason: string) => void): void;
  terminate(): Promise<void>;
}

/** Starts a thread of the kind. */
export type Spawn = (kind: ThreadKind) => Thread;

interface ThreadsParts {
  readonly spawn: Spawn;
  readonly log: Logger;
  readonly logNeeds: Handlers<LogThreadNeeds>;
  readonly captureNeeds: Handlers<CaptureThreadNeeds>;
  /** A thread can be used; what an earlier one of this kind knew is gone. */
  readonly up: (kind: ThreadKind) => void;
  /** It could not be started, or has ended; it is tried again. */
  readonly down: (kind: ThreadKind, reason: string) => void;
}

interface ThreadsStatus {
  readonly restarts: number;
  /** Why there is no log thread. */
  readonly failure?: string;
}

/** How threads of one kind have fared. */
interface Tries {
  retryMs: number;
  upAtMs: number;
}

/** The log thread and the capture thread: started when they are first needed, and again when they die. */
export class Threads {
  readonly #parts: ThreadsParts;
  readonly #running = new Map<ThreadKind, Thread>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #logLine: Line<LogThreadCalls> | undefined;
  #captureLine: Line<CaptureThreadCalls> | undefined;
  #place: ListeningPlace | undefined;
  #isWanted = false;
  #isClosed = false;
  #restarts = 0;
  #failure: string | undefined;
  readonly #tries: Readonly<Record<ThreadKind, Tries>> = {
    log: { retryMs: RETRY_MS_FIRST, upAtMs: Number.POSITIVE_INFINITY },
    capture: { retryMs: RETRY_MS_FIRST, upAtMs: Number.POSITIVE_INFINITY },
  };

  constructor(parts: ThreadsParts) {
    this.#parts = parts;
  }

  /** Undefined while it is not up. */
  get log(): Line<LogThreadCalls> | undefined {
    return this.#logLine;
  }

  get capture(): Line<CaptureThreadCalls> | undefined {
    return this.#captureLine;
  }

  /** Where clients are listened for; undefined before that. */
  get place() {
    return this.#place;
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  status(): ThreadsStatus {
    return { restarts: this.#restarts, ...(this.#failure === undefined ? {} : { failure: this.#failure }) };
  }

  /** Starts both unless they run already. */
  want(): void {
    if (this.#isWanted || this.#isClosed) return;
    this.#isWanted = true;
    this.#startLog();
    this.#startCapture();
  }

  /** Captures stop, what was read becomes durable, the threads end; each within its bound. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const asked = { msMax: STOP_MS_MAX };
    await this.#captureLine?.ask("stopAll", {}, asked).catch((error) => this.#warn("capture", error));
    await this.#logLine?.ask("stop", {}, asked).catch((error) => this.#warn("log", error));
    this.#captureLine?.close("the service stops");
    this.#logLine?.close("the service stops");
    await Promise.all([...this.#running.values()].map((thread) => thread.terminate()));
    this.#running.clear();
  }

  /** What a thread told could not be taken, because the store was full, for example. */
  readonly #failed = (told: string, { message }: Error): void => {
    this.#parts.log.error("dts.threadTold", { told, reason: message });
  };

  #startLog(): void {
    const thread = this.#spawn("log");
    if (!thread) return;
    const line = openLine<LogThreadCalls, LogThreadNeeds>(thread.port, this.#parts.logNeeds, this.#failed);
    line.ask("start", {}, { msMax: START_MS_MAX }).then(
      (place) => {
        if (this.#isClosed || this.#running.get("log") !== thread) return;
        this.#logLine = line;
        this.#place = place;
        this.#parts.log.info("dts.listening", { ...place });
        this.#isUp("log");
      },
      (error: Error) => {
        line.close(error.message);
        void this.#ended("log", thread, error.message);
      },
    );
    thread.onEnd((reason) => {
      line.close(reason);
      void this.#ended("log", thread, reason);
    });
  }

  #startCapture(): void {
    const thread = this.#spawn("capture");
    if (!thread) return;
    const line = openLine<CaptureThreadCalls, CaptureThreadNeeds>(
      thread.port,
      this.#parts.captureNeeds,
      this.#failed,
    );
    this.#captureLine = line;
    thread.onEnd((reason) => {
      line.close(reason);
      void this.#ended("capture", thread, reason);
    });
    this.#isUp("capture");
  }

  #spawn(kind: ThreadKind): Thread | undefined {
    try {
      const thread = this.#parts.spawn(kind);
      this.#running.set(kind, thread);
      return thread;
    } catch (error) {
      this.#retry(kind, (error as Error).message);
      return undefined;
    }
  }

  #isUp(kind: ThreadKind): void {
    this.#tries[kind].upAtMs = performance.now();
    if (kind === "log") this.#failure = undefined;
    if (this.#logLine && this.#captureLine) {
      const { port1, port2 } = new MessageChannel();
      this.#logLine.tell("connect", { port: port1 }, [port1]);
      this.#captureLine.tell("connect", { port: port2 }, [port2]);
    }
    this.#parts.up(kind);
  }

  async #ended(kind: ThreadKind, thread: Thread, reason: string): Promise<void> {
    if (this.#running.get(kind) !== thread) return;
    this.#running.delete(kind);
    if (kind === "log") this.#logLine = undefined;
    else this.#captureLine = undefined;
    await thread.terminate().catch(() => undefined);
    this.#retry(kind, reason);
  }

  #retry(kind: ThreadKind, reason: string): void {
    if (this.#isClosed) return;
    this.#restarts += 1;
    if (kind === "log") this.#failure = reason;
    const tries = this.#tries[kind];
    // One that was up for long was well; one that dies as soon as it is up is no better than one that does not start.
    if (performance.now() - tries.upAtMs > RETRY_MS_MAX) tries.retryMs = RETRY_MS_FIRST;
    tries.upAtMs = Number.POSITIVE_INFINITY;
    const waitMs = tries.retryMs * (0.5 + Math.random() / 2);
    tries.retryMs = Math.min(2 * tries.retryMs, RETRY_MS_MAX);
    this.#parts.log.error("dts.threadEnded", { thread: kind, reason, retryMs: Math.round(waitMs) });
    this.#parts.down(kind, reason);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (kind === "log") this.#startLog();
      else this.#startCapture();
    }, waitMs);
    timer.unref();
    this.#timers.add(timer);
  }

  #warn(kind: ThreadKind, error: Error): void {
    this.#parts.log.warn("dts.threadStop", { thread: kind, reason: error.message });
  }
}
