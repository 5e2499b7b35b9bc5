import { MessageChannel } from "node:worker_threads";
import type { Logger } from "../../../core/kit/log.ts";
import { KeptThread, type Thread } from "../../../core/threads/kept-thread.ts";
import type { Handlers, Line } from "../../../core/threads/line.ts";
import type {
  CaptureThreadCalls,
  CaptureThreadNeeds,
  ListeningPlace,
  LogThreadCalls,
  LogThreadNeeds,
} from "../../threads/messages.ts";

/** Logs may have to be looked through after a crash. */
const START_MS_MAX = 120_000;
const STOP_MS_MAX = 12_000;

export type ThreadKind = "log" | "capture";

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

/** The log thread and the capture thread: started when they are first needed, and again when they die. */
export class Threads {
  readonly #parts: ThreadsParts;
  readonly #log: KeptThread<LogThreadCalls, LogThreadNeeds>;
  readonly #capture: KeptThread<CaptureThreadCalls, CaptureThreadNeeds>;
  #place: ListeningPlace | undefined;
  #isWanted = false;
  #isClosed = false;

  constructor(parts: ThreadsParts) {
    this.#parts = parts;
    this.#log = new KeptThread({
      ...this.#common("log"),
      needs: parts.logNeeds,
      begin: async (line: Line<LogThreadCalls>) => {
        this.#place = await line.ask("start", {}, { msMax: START_MS_MAX });
        parts.log.info("dts.listening", { ...this.#place });
      },
    });
    this.#capture = new KeptThread({ ...this.#common("capture"), needs: parts.captureNeeds });
  }

  /** Undefined while it is not up. */
  get log(): Line<LogThreadCalls> | undefined {
    return this.#log.line;
  }

  get capture(): Line<CaptureThreadCalls> | undefined {
    return this.#capture.line;
  }

  /** Where clients are listened for; undefined before that. */
  get place() {
    return this.#place;
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  status(): ThreadsStatus {
    const { failure } = this.#log;
    return {
      restarts: this.#log.restarts + this.#capture.restarts,
      ...(failure === undefined ? {} : { failure }),
    };
  }

  /** Starts both unless they run already. */
  want(): void {
    if (this.#isWanted || this.#isClosed) return;
    this.#isWanted = true;
    this.#log.start();
    this.#capture.start();
  }

  /** Captures stop, what was read becomes durable, the threads end; each within its bound. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#log.forbid();
    this.#capture.forbid();
    const asked = { msMax: STOP_MS_MAX };
    await this.capture?.ask("stopAll", {}, asked).catch((error) => this.#warn("capture", error));
    await this.log?.ask("stop", {}, asked).catch((error) => this.#warn("log", error));
    await Promise.all([this.#log.close(), this.#capture.close()]);
  }

  #common(kind: ThreadKind) {
    const { spawn, log, up, down } = this.#parts;
    return {
      spawn: () => spawn(kind),
      failed: (told: string, { message }: Error) => log.error("dts.threadTold", { told, reason: message }),
      up: () => {
        this.#join();
        up(kind);
      },
      down: (reason: string, retryMs: number) => {
        log.error("dts.threadEnded", { thread: kind, reason, retryMs });
        down(kind, reason);
      },
    };
  }

  /** Whichever came up last makes a new way between them. */
  #join(): void {
    const { log, capture } = this;
    if (!log || !capture) return;
    const { port1, port2 } = new MessageChannel();
    log.tell("connect", { port: port1 }, [port1]);
    capture.tell("connect", { port: port2 }, [port2]);
  }

  #warn(kind: ThreadKind, error: Error): void {
    this.#parts.log.warn("dts.threadStop", { thread: kind, reason: error.message });
  }
}
