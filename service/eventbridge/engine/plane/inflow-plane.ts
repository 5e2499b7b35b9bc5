import { setImmediate as nextTurn, setTimeout as sleep } from "node:timers/promises";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { KeptThread, type Thread } from "../../../core/threads/kept-thread.ts";
import type { Stream } from "../../entities.ts";
import type { TaskOrder, TaskState } from "../../inflow/task/task-order.ts";
import { eventbridgeStore } from "../../store.ts";
import type {
  ConsumingTask,
  InflowThreadCalls,
  InflowThreadNeeds,
  LineKind,
} from "../../threads/messages.ts";
import { configurationOf } from "../configuration.ts";
import { Meters } from "./meters.ts";
import { keyOf, notMoved, orderOf } from "./order.ts";

/** Longer than a task may take to end. */
const ASK_MS_MAX = 30_000;
/** How long a call that ends a stream waits for its task: what is sent at that moment, but no retry without end. */
const STOPPED_MS_MAX = 5_000;

interface PlaneParts {
  readonly kernel: Kernel;
  readonly spawn: () => Thread;
  /** A task has ended by itself. */
  readonly ended: (stream: Pick<Stream, "region" | "name">, state: TaskState & { kind: "ended" }) => void;
}

/** A task that the thread was told to run. */
interface Running {
  readonly run: number;
  /** Of all that it was told. */
  readonly told: string;
  readonly stream: Pick<Stream, "region" | "name">;
  trouble?: string | undefined;
}

/**
 * Moves the data of streams: makes the inflow thread do what the stored streams say. Whatever has changed, `look` compares what
 * a stream wants with what the thread was told, so a restart is nothing special.
 */
export class InflowPlane {
  readonly #parts: PlaneParts;
  readonly #thread: KeptThread<InflowThreadCalls, InflowThreadNeeds>;
  readonly #running = new Map<string, Running>();
  readonly #waiting = new Map<string, Pick<Stream, "region" | "name">>();
  readonly #stops = new Map<string, Promise<void>>();
  readonly meters: Meters;
  #lastRun = 0;
  #isClosed = false;

  constructor(parts: PlaneParts) {
    this.#parts = parts;
    const { kernel, spawn } = parts;
    this.meters = new Meters(kernel.clock);
    this.#thread = new KeptThread<InflowThreadCalls, InflowThreadNeeds>({
      spawn,
      failed: (told, { message }) => kernel.log.error("eventbridge.threadTold", { told, reason: message }),
      up: () => {
        this.#running.clear();
        this.begin();
      },
      down: (reason, retryMs) => kernel.log.error("eventbridge.threadEnded", { reason, retryMs }),
      needs: {
        connect: ({ kind }) => this.#connect(kind),
        state: ({ key, run, state }) => this.#state(key, run, state),
        // Whether it still runs here or not: one that is just being stopped has consumed as well.
        hasConsumed: (task) => this.#consuming(task)?.firstConsumedAtMs !== undefined,
        consumed: (task) => {
          const stream = this.#consuming(task);
          if (stream && stream.firstConsumedAtMs === undefined)
            eventbridgeStore(kernel.store).updateStream({ ...stream, firstConsumedAtMs: kernel.clock.now() });
        },
        figures: (all) => {
          for (const { key, run, figures } of all)
            if (this.#running.get(key)?.run === run) this.meters.take(key, run, figures);
        },
      },
    });
  }

  /** To be called wherever a stream was stored or deleted; what follows happens when the present work is done. */
  look({ region, name }: Pick<Stream, "region" | "name">): void {
    if (this.#waiting.size === 0) queueMicrotask(() => this.#lookAtAll());
    this.#waiting.set(keyOf({ region, name }), { region, name });
  }

  /**
   * Resolves when the task of a stream that was paused or deleted has given its group back, or its bound is over: whoever then
   * looks for the group's clients, because it is to be deleted next, finds none.
   */
  async stopped(stream: Pick<Stream, "region" | "name">): Promise<void> {
    await nextTurn();
    const bound = new AbortController();
    const late = sleep(STOPPED_MS_MAX, undefined, { signal: bound.signal }).catch(() => undefined);
    await Promise.race([this.#stops.get(keyOf(stream)), late]);
    bound.abort();
  }

  /** Goes on with all that runs. */
  begin(): void {
    for (const stream of eventbridgeStore(this.#parts.kernel.store).streamsIn("RUNNING")) this.look(stream);
  }

  /** What a running stream has to say beside its state; undefined when all is well. */
  remark(stream: Stream): string | undefined {
    if (stream.status !== "RUNNING") return undefined;
    const { kernel } = this.#parts;
    return (
      notMoved(kernel, configurationOf(kernel, stream)) ??
      this.#running.get(keyOf(stream))?.trouble ??
      this.meters.of(keyOf(stream))?.figures.lastError?.text
    );
  }

  status(): object {
    const { restarts, failure } = this.#thread;
    return { tasks: this.#running.size, restarts, ...(failure === undefined ? {} : { failure }) };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#thread.forbid();
    await this.#thread.line?.ask("stopAll", {}, { msMax: ASK_MS_MAX }).catch((error: Error) => {
      this.#parts.kernel.log.warn("eventbridge.threadStop", { reason: error.message });
    });
    await this.#thread.close();
  }

  #lookAtAll(): void {
    const streams = [...this.#waiting.values()];
    this.#waiting.clear();
    if (this.#isClosed) return;
    const { store } = this.#parts.kernel;
    for (const one of streams) this.#lookAt(one, eventbridgeStore(store).stream(one.region, one.name));
  }

  #lookAt(at: Pick<Stream, "region" | "name">, stream: Stream | undefined): void {
    const { kernel } = this.#parts;
    const key = keyOf(at);
    const configuration = stream?.status === "RUNNING" ? configurationOf(kernel, stream) : undefined;
    if (!stream || !configuration || notMoved(kernel, configuration) !== undefined) {
      if (!stream) this.meters.forget(key);
      if (this.#running.delete(key)) this.#stop(key);
      return;
    }
    this.#thread.start();
    if (!this.#thread.line) return;
    const order = orderOf(kernel, stream, configuration);
    const told = JSON.stringify(order);
    if (this.#running.get(key)?.told === told) return;
    this.#lastRun += 1;
    this.#running.set(key, { run: this.#lastRun, told, stream: at });
    void this.#ask("run", { ...order, run: this.#lastRun });
  }

  #stop(key: string): void {
    const stop = this.#ask("stop", { key }).finally(() => {
      if (this.#stops.get(key) === stop) this.#stops.delete(key);
    });
    this.#stops.set(key, stop);
  }

  async #ask(name: "run" | "stop", input: TaskOrder | { readonly key: string }): Promise<void> {
    await this.#thread.line?.ask(name, input as TaskOrder, { msMax: ASK_MS_MAX }).catch((error: Error) => {
      this.#parts.kernel.log.warn("eventbridge.task", {
        task: input.key,
        asked: name,
        reason: error.message,
      });
    });
  }

  #state(key: string, run: number, state: TaskState): void {
    const running = this.#running.get(key);
    if (running?.run !== run || this.#isClosed) return;
    const { log } = this.#parts.kernel;
    if (state.kind === "running") running.trouble = undefined;
    else if (state.kind === "trouble") {
      const text = `${state.code}: ${state.message}`;
      if (running.trouble !== text) log.warn("eventbridge.task", { task: key, reason: text });
      running.trouble = text;
    } else {
      this.#running.delete(key);
      this.#stop(key);
      this.#parts.ended(running.stream, state);
    }
  }

  #consuming({ region, name, groupId }: ConsumingTask): Stream | undefined {
    const stream = eventbridgeStore(this.#parts.kernel.store).stream(region, name);
    return stream?.groupId === groupId ? stream : undefined;
  }

  async #connect(kind: LineKind): Promise<void> {
    const port = await this.#parts.kernel.ports.find(kind)?.connect();
    const { line } = this.#thread;
    if (!port || !line) throw new Error(`no thread offers ${kind} now`);
    line.tell("line", { kind, port }, [port]);
  }
}
