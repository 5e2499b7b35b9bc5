import { rm } from "node:fs/promises";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { Kernel } from "../../../core/kit/kernel.ts";
import { KeptThread, type Thread } from "../../../core/threads/kept-thread.ts";
import { LineError } from "../../../core/threads/line.ts";
import type { InstanceFigures } from "../../broker/figures.ts";
import type { GroupSpec } from "../../broker/spec.ts";
import { rocketmqStore } from "../../store.ts";
import type { InstancePlace, MessageThreadCalls, MessageThreadNeeds } from "../../threads/messages.ts";
import { groupSpec, isServed, keyOf, servedInstance, servedInstances } from "./specs.ts";

/** The folder below the data folder in which the messages are kept. */
export const MESSAGES = "messages";

/** Logs may have to be looked through after a crash. */
const START_MS_MAX = 120_000;
const ASK_MS_MAX = 60_000;
const STOP_MS_MAX = 12_000;
/** That wait for a thread that is starting. */
const RESETS_MAX = 1_000;
/** After the thread could not do what it was told. */
const RETRY_MS = 5_000;

type Reset = Parameters<MessageThreadCalls["reset"]>[0];

interface PlaneParts {
  readonly kernel: Kernel;
  readonly spawn: () => Thread;
  /** Makes a group that a client uses, where the settings let it (RMQ-9). */
  readonly makeGroup: (instanceId: string, groupId: string) => void;
}

/**
 * Moves the messages: makes the message thread serve what is stored. Whatever has changed, `look` compares what an instance is
 * with what the thread was told; so a restart, of the thread or of the service, is nothing special.
 */
export class MessagePlane {
  readonly #parts: PlaneParts;
  readonly #thread: KeptThread<MessageThreadCalls, MessageThreadNeeds>;
  /** What the thread was told of each instance. */
  readonly #told = new Map<string, string>();
  readonly #places = new Map<string, InstancePlace>();
  readonly #figures = new Map<string, InstanceFigures>();
  readonly #waiting = new Set<string>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** Settles when what is left of nothing that is stored has gone. */
  #removed: Promise<unknown> = Promise.resolve();
  /** Came while the thread was starting, and are done when it is up. */
  readonly #resets: Reset[] = [];
  #isWanted = false;
  #isClosed = false;

  constructor(parts: PlaneParts) {
    this.#parts = parts;
    const { kernel, spawn } = parts;
    this.#thread = new KeptThread({
      spawn,
      needs: {
        makeGroup: ({ instanceId, group }) => this.#madeGroup(instanceId, group),
        figures: (figures) => void this.#figures.set(figures.instanceId, figures),
        place: ({ instanceId, place }) => this.#placed(instanceId, place),
        note: ({ level, event, fields }) => kernel.log[level](event, { ...fields }),
      },
      failed: (told, { message }) => kernel.log.error("rocketmq.threadTold", { told, reason: message }),
      begin: async (line) => {
        const instances = servedInstances(kernel);
        for (const one of instances) this.#told.set(one.spec.instanceId, keyOf(one));
        const places = await line.ask("start", { instances }, { msMax: START_MS_MAX });
        for (const [instanceId, place] of Object.entries(places)) this.#placed(instanceId, place);
      },
      up: () => {
        for (const one of this.#resets.splice(0)) this.#reset(one);
        this.#lookAtAllOfThem();
      },
      down: (reason, retryMs) => {
        kernel.log.error("rocketmq.threadEnded", { thread: "message", reason, retryMs });
        this.#told.clear();
        this.#places.clear();
        this.#figures.clear();
      },
    });
  }

  /** Goes on with all that is stored; what is left of nothing that is stored goes. */
  begin(): void {
    const { store, settings } = this.#parts.kernel;
    const { dataFolder } = settings;
    if (rocketmqStore(store).instances().length > 0) this.#lookAtAllOfThem();
    // A reset, or a restore of an older state: nobody would start the thread for it.
    else if (dataFolder !== undefined)
      this.#removed = rm(join(dataFolder, MESSAGES), { recursive: true, force: true });
  }

  /** To be called wherever something of an instance was stored; what follows happens when the present work is done. */
  look(instanceId: string): void {
    if (this.#isClosed) return;
    if (this.#waiting.size === 0) queueMicrotask(() => this.#lookAtWaiting());
    this.#waiting.add(instanceId);
  }

  figures(instanceId: string): InstanceFigures | undefined {
    return this.#figures.get(instanceId);
  }

  /** Where clients of the instance are listened for, or why not; undefined where nobody tried yet. */
  place(instanceId: string): InstancePlace | undefined {
    return this.#places.get(instanceId);
  }

  get isWanted(): boolean {
    return this.#isWanted;
  }

  status() {
    const { line, restarts, failure } = this.#thread;
    return { running: line !== undefined, restarts, ...(failure === undefined ? {} : { failure }) };
  }

  /** At once, or as soon as a thread that is starting is up. Rejects with a LineError when it cannot be done now. */
  async reset(input: Reset): Promise<void> {
    const { line, failure } = this.#thread;
    // Without a thread nothing was ever read, so there is nothing to move.
    if (!this.#isWanted) return;
    const isStarting = !line && failure === undefined && this.#resets.length < RESETS_MAX;
    if (isStarting) this.#resets.push(input);
    else await this.#line().ask("reset", input, { msMax: ASK_MS_MAX });
  }

  /** A line of MessageSenderCalls. Rejects while the thread is not up. */
  async connect(): Promise<MessagePort> {
    const line = this.#line();
    const { port1, port2 } = new MessageChannel();
    await line.ask("connect", { port: port1 }, { transfer: [port1] });
    return port2;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#thread.forbid();
    await this.#thread.line?.ask("stop", {}, { msMax: STOP_MS_MAX }).catch((error: Error) => {
      this.#parts.kernel.log.warn("rocketmq.threadStop", { reason: error.message });
    });
    await this.#thread.close();
    await this.#removed.catch(() => undefined);
  }

  #reset(input: Reset): void {
    this.#line()
      .ask("reset", input, { msMax: ASK_MS_MAX })
      .catch(({ message }: Error) =>
        this.#parts.kernel.log.error("rocketmq.notReset", { ...input, reason: message }),
      );
  }

  #line() {
    const { line, failure } = this.#thread;
    if (line) return line;
    throw new LineError(
      "CLOSED",
      `the message thread is not up${failure === undefined ? "" : `: ${failure}`}`,
    );
  }

  #lookAtAllOfThem(): void {
    for (const { instanceId } of rocketmqStore(this.#parts.kernel.store).instances()) this.look(instanceId);
    for (const instanceId of this.#told.keys()) this.look(instanceId);
  }

  #lookAtWaiting(): void {
    const instanceIds = [...this.#waiting];
    this.#waiting.clear();
    if (this.#isClosed) return;
    for (const instanceId of instanceIds) this.#lookAt(instanceId);
  }

  #lookAt(instanceId: string): void {
    const { kernel } = this.#parts;
    const instance = rocketmqStore(kernel.store).instance(instanceId);
    if (!instance || !isServed(instance)) {
      if (!instance && this.#told.delete(instanceId)) this.#leave(instanceId);
      return;
    }
    this.#want();
    const { line } = this.#thread;
    const served = servedInstance(kernel, instance);
    const key = keyOf(served);
    if (!line || this.#told.get(instanceId) === key) return;
    this.#told.set(instanceId, key);
    line.ask("serve", served, { msMax: ASK_MS_MAX }).then(
      (place) => this.#placed(instanceId, place),
      (error: Error) => this.#failed("serve", instanceId, error),
    );
  }

  #want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    void this.#removed
      .catch(({ message }: Error) => this.#parts.kernel.log.warn("rocketmq.leftBehind", { reason: message }))
      .then(() => this.#thread.start());
  }

  #leave(instanceId: string): void {
    this.#places.delete(instanceId);
    this.#figures.delete(instanceId);
    this.#thread.line
      ?.ask("leave", { instanceId }, { msMax: ASK_MS_MAX })
      .catch((error: Error) => this.#failed("leave", instanceId, error));
  }

  #failed(asked: string, instanceId: string, { message }: Error): void {
    this.#told.set(instanceId, "");
    this.#parts.kernel.log.error("rocketmq.thread", { asked, instanceId, reason: message });
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      this.look(instanceId);
    }, RETRY_MS);
    timer.unref();
    this.#timers.add(timer);
  }

  /** The port is stored, so that clients find the instance there after a restart too. */
  #placed(instanceId: string, place: InstancePlace): void {
    if (this.#isClosed) return;
    const { kernel } = this.#parts;
    const store = rocketmqStore(kernel.store);
    const instance = store.instance(instanceId);
    if (!instance) return;
    this.#places.set(instanceId, place);
    if ("failure" in place) kernel.log.error("rocketmq.notListening", { instanceId, reason: place.failure });
    else if (instance.messagingPort !== place.port)
      store.updateInstance({ ...instance, messagingPort: place.port });
  }

  #madeGroup(instanceId: string, groupId: string): GroupSpec | undefined {
    this.#parts.makeGroup(instanceId, groupId);
    const group = rocketmqStore(this.#parts.kernel.store).groups.get(instanceId, groupId);
    return group && groupSpec(group);
  }
}
