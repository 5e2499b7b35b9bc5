import { createHash } from "node:crypto";
import type { Kernel } from "../../../core/kit/kernel.ts";
import type { Job } from "../../entities.ts";
import { dtsStore } from "../../store.ts";
import type {
  CaptureOrder,
  CaptureState,
  LargeRow,
  LogStanding,
  LogThreadCalls,
  SeekedPlace,
  ThreadNote,
} from "../../threads/messages.ts";
import { isCapturing, orderOf } from "./capture-order.ts";
import { Cleanups } from "./cleanups.ts";
import { Consumption } from "./consumption.ts";
import { LargeRows } from "./large-rows.ts";
import { type Spawn, type ThreadKind, Threads } from "./threads.ts";

interface PlaneParts {
  readonly kernel: Kernel;
  readonly spawn: Spawn;
  /** A capture of the job says how it is; `generation` is the job's when it was told to run. */
  readonly changed: (job: Job, generation: number, state: CaptureState) => void;
}

/** A capture that was told to run. */
interface Run {
  readonly run: number;
  /** Of all that it was told. */
  readonly key: string;
  readonly generation: number;
  readonly state?: CaptureState;
}

/**
 * Moves the data: makes the threads do what the stored jobs say. Whatever has changed, `look` compares what a job wants with
 * what the threads were told; so a restart, of a thread or of the service, is nothing special.
 */
export class Plane {
  readonly #parts: PlaneParts;
  readonly #runs = new Map<string, Run>();
  readonly #jobIds = new Map<string, string>();
  readonly #served = new Map<string, string>();
  readonly #ranges = new Map<string, LogStanding>();
  readonly #waiting = new Set<string>();
  #lastRun = 0;
  #isClosed = false;
  readonly threads: Threads;
  readonly cleanups: Cleanups;
  readonly consumption: Consumption;
  readonly largeRows = new LargeRows();

  constructor(parts: PlaneParts) {
    this.#parts = parts;
    const { kernel, spawn } = parts;
    this.consumption = new Consumption(kernel, (captureId) => this.#ranges.get(captureId));
    const { consumption } = this;
    const note = ({ level, event, fields }: ThreadNote) => kernel.log[level](event, fields);
    this.threads = new Threads({
      spawn,
      log: kernel.log,
      up: (kind) => this.#up(kind),
      down: (kind, reason) => this.#down(kind, reason),
      logNeeds: {
        authenticate: ({ user, password }) => consumption.authenticate(user, password),
        topicOf: ({ groupId }) => consumption.topicOf(groupId),
        committed: ({ groupId, topic }) => consumption.committed(groupId, topic),
        commit: (commits) => consumption.commit(commits),
        session: ({ groupId, session }) => consumption.observe(groupId, session),
        ranges: (ranges) => {
          for (const [captureId, range] of Object.entries(ranges)) this.#ranges.set(captureId, range);
        },
        note,
      },
      captureNeeds: {
        state: (told) => this.#state(told),
        largeRow: (row: LargeRow) => {
          this.largeRows.add(row);
          kernel.log.warn("dts.largeRow", { ...row });
        },
        note,
      },
    });
    this.cleanups = new Cleanups(kernel, this.threads, (captureId) => this.#forget(captureId));
  }

  /** To be called wherever a job was stored or deleted; what follows happens when the present work is done. */
  look(jobId: string): void {
    if (this.#waiting.size === 0) queueMicrotask(() => this.#lookAtAll());
    this.#waiting.add(jobId);
  }

  /** Goes on with all that is stored. */
  begin(): void {
    for (const job of this.#captured()) this.look(job.jobId);
    if (dtsStore(this.#parts.kernel.store).cleanups().length > 0) this.look("");
  }

  range(job: Job): LogStanding | undefined {
    return job.capture && this.#ranges.get(job.capture.id);
  }

  jobOf(captureId: string): Job | undefined {
    return dtsStore(this.#parts.kernel.store).job(this.#jobIds.get(captureId) ?? "");
  }

  stateOf(job: Job): CaptureState | undefined {
    return job.capture && this.#runs.get(job.capture.id)?.state;
  }

  /** Where a group begins that wants all from this second on. Rejects while the logs are not open. */
  seek(captureId: string, seconds: number): Promise<SeekedPlace> {
    const { log } = this.threads;
    if (!log) return Promise.reject(new Error("the log is not open yet"));
    return log.ask("seek", { captureId, seconds });
  }

  /** A group's account or password has changed; with `gone` there is no such group any more. */
  forgetGroup(groupId: string, gone: boolean): void {
    if (gone) this.consumption.forget(groupId);
    this.threads.log?.tell("forgetGroup", { groupId, gone });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.cleanups.close();
    if (this.#parts.kernel.settings.dataFolder === undefined) await this.cleanups.leaveNothing();
    await this.threads.close();
  }

  #lookAtAll(): void {
    const jobIds = [...this.#waiting];
    this.#waiting.clear();
    if (this.#isClosed) return;
    const store = dtsStore(this.#parts.kernel.store);
    for (const jobId of jobIds) {
      const job = store.job(jobId);
      if (job) this.#lookAt(job);
    }
    this.cleanups.look();
  }

  #lookAt(job: Job): void {
    const { capture, configuration } = job;
    if (!capture || !configuration) return;
    this.threads.want();
    this.#jobIds.set(capture.id, job.jobId);
    const { firstOffset = 0 } = capture;
    this.#serve({ captureId: capture.id, topic: configuration.topic, firstOffset });
    const more = { mayBegin: !capture.hasBegun, firstOffset, run: this.#lastRun + 1 };
    const order = isCapturing(job) ? orderOf(this.#parts.kernel, capture.id, configuration, more) : undefined;
    if (order) this.#run(job, order);
    else if (this.#runs.delete(capture.id)) this.#ask("stop", { captureId: capture.id });
  }

  #run(job: Job, order: CaptureOrder): void {
    const { captureId } = order;
    const key = keyOf(order);
    const present = this.#runs.get(captureId);
    const isAsked =
      (job.status === "Starting" || job.status === "Modifying") && present?.generation !== job.generation;
    if (present?.key === key && !isAsked) return;
    // Without a log it could only fail.
    if (!this.threads.log || !this.threads.capture) return;
    this.#lastRun = order.run;
    this.#runs.set(captureId, { run: order.run, key, generation: job.generation });
    this.#ask("run", order);
  }

  #ask(name: "run" | "stop", input: CaptureOrder | { captureId: string }): void {
    const { capture } = this.threads;
    capture?.ask(name, input as CaptureOrder, { msMax: 60_000 }).catch((error: Error) => {
      this.#parts.kernel.log.warn("dts.capture", {
        captureId: input.captureId,
        asked: name,
        reason: error.message,
      });
    });
  }

  #serve(served: Parameters<LogThreadCalls["serve"]>[0]): void {
    const { captureId, topic } = served;
    const { log } = this.threads;
    if (!log || this.#served.get(captureId) === topic) return;
    this.#served.set(captureId, topic);
    log.ask("serve", served, { msMax: 60_000 }).then(
      (range) => range && this.#ranges.set(captureId, range),
      (error: Error) => {
        this.#served.delete(captureId);
        this.#parts.kernel.log.error("dts.log", { captureId, reason: error.message });
      },
    );
  }

  #state({ captureId, run, state }: { captureId: string; run: number; state: CaptureState }): void {
    const present = this.#runs.get(captureId);
    if (present?.run !== run || this.#isClosed) return;
    const failure = this.threads.log ? undefined : this.threads.status().failure;
    const told =
      state.kind === "trouble" && state.code === "LOG_UNREACHABLE" && failure !== undefined
        ? { ...state, message: failure }
        : state;
    this.#runs.set(captureId, { ...present, state: told });
    const job = this.jobOf(captureId);
    if (job?.capture?.id === captureId) this.#parts.changed(job, present.generation, told);
  }

  #up(kind: ThreadKind): void {
    if (kind === "capture") this.#runs.clear();
    else this.#served.clear();
    for (const job of this.#captured()) this.look(job.jobId);
    this.cleanups.look();
  }

  #down(kind: ThreadKind, reason: string): void {
    if (kind === "log") this.consumption.forgetSessions();
    const code = kind === "log" ? "LOG_UNREACHABLE" : "CAPTURE_UNREACHABLE";
    const state = { kind: "trouble", code, message: reason, isFinal: false } as const;
    for (const job of this.#captured()) {
      if (isCapturing(job)) this.#parts.changed(job, job.generation, state);
    }
  }

  #captured(): Job[] {
    return dtsStore(this.#parts.kernel.store)
      .jobs()
      .filter((job) => job.capture !== undefined);
  }

  #forget(captureId: string): void {
    this.#runs.delete(captureId);
    this.#jobIds.delete(captureId);
    const job = this.#captured().find(({ capture }) => capture?.id === captureId);
    if (job) return;
    this.#served.delete(captureId);
    this.#ranges.delete(captureId);
    this.largeRows.forget(captureId);
  }
}

function keyOf({ run, mayBegin, ...rest }: CaptureOrder): string {
  return createHash("sha256").update(JSON.stringify(rest)).digest("hex");
}
