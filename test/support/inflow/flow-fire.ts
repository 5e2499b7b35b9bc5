import { setTimeout as sleep } from "node:timers/promises";
import { type Read, read } from "../../service/eventbridge/support/service.ts";
import type { ReaderProcess } from "../dts/fire/reader-process.ts";
import { oneOf, type Pick } from "../dts/fire/source.ts";
import { Arrivals } from "./arrivals.ts";
import type { FlowWorld } from "./flow-world.ts";
import { LATE_TOPIC } from "./wild-function.ts";

/** How long nothing new may come. */
const STILL_MS_MAX = 90_000;
const POLL_MS = 50;
const AWAY_MS_MAX = 400;
const LOG_CHARS_MAX = 6_000;
export const FLOW_EVENTS = ["service", "consumer", "both", "late topic"] as const;
export type FlowEvent = (typeof FLOW_EVENTS)[number];

/** Two tasks over one source, their readers, and what can happen to them. */
export class FlowFire {
  readonly world: FlowWorld;
  readonly #pick: Pick;
  readonly buried = new Arrivals({ topic: "buried", deadLetters: "letters" });
  readonly strict = new Arrivals({ topic: "strict" });
  readonly events: Partial<Record<FlowEvent, number>> = {};
  readonly #readers: ReaderProcess[] = [];
  /** How often the task that tolerates no error was started again, by the first word of its reason. */
  readonly blocked: Record<string, number> = {};
  #isOver = false;
  #tending: Promise<void> | undefined;
  #hasLateTopic = false;

  constructor(world: FlowWorld, pick: Pick) {
    this.world = world;
    this.#pick = pick;
  }

  async begin(): Promise<void> {
    const { world } = this;
    await world.topic("buried", "FIFO");
    await world.topic("letters", "NORMAL");
    await world.topic("strict", "FIFO");
    this.#readers.push(await world.reader("buried", ["buried", "letters"]));
    this.#readers.push(await world.reader("strict", ["strict"]));
    await world.task({ name: "buried", way: "routing", deadLetters: "letters", batch: [20, 0] });
    await world.task({ name: "strict", way: "plain", batch: [50, 1] });
    this.#tending = this.#tend();
    this.#tending.catch(() => undefined);
  }

  get messages(): number {
    return this.buried.messages + this.strict.messages;
  }

  /** The last words of readers that ended without being killed. */
  get ends(): readonly string[] {
    return this.#readers.flatMap(({ ends }) => ends);
  }

  /** Judges what came since the last time. */
  look(): void {
    for (const reader of this.#readers)
      for (const line of reader.lines()) {
        const [topic = "", base64 = "", end] = line.split(" ");
        // Else what a process was killed in.
        if (end !== ".") continue;
        const arrivals = topic === "strict" ? this.strict : this.buried;
        arrivals.take(topic, Buffer.from(base64, "base64").toString());
      }
  }

  async until(what: string, done: () => boolean): Promise<void> {
    let movedAtMs = Date.now();
    let { messages } = this;
    for (;;) {
      this.look();
      if (done()) return;
      if (this.messages > messages) movedAtMs = Date.now();
      messages = this.messages;
      if (Date.now() - movedAtMs > STILL_MS_MAX)
        throw new Error(`nothing came within ${STILL_MS_MAX} ms: ${what}\n${await this.#words()}`);
      await sleep(POLL_MS);
    }
  }

  async happen(event: FlowEvent): Promise<void> {
    this.events[event] = (this.events[event] ?? 0) + 1;
    if (event === "late topic" && !this.#hasLateTopic) {
      await this.world.topic(LATE_TOPIC, "NORMAL");
      this.#hasLateTopic = true;
      this.#readers.push(await this.world.reader(LATE_TOPIC, [LATE_TOPIC]));
      return;
    }
    const { service } = this.world;
    const isService = event === "service" || event === "both";
    const awayMs = this.#pick(AWAY_MS_MAX);
    if (isService) await service.kill9();
    if (event !== "service") await oneOf(this.#pick, this.#readers).kill9();
    if (!isService) return;
    await sleep(awayMs);
    await service.restart();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#readers.map((reader) => reader.stop()));
    await this.#tending;
  }

  /** Starts the strict task again whenever it is READY, as somebody would; nothing else may have ended. */
  async #tend(): Promise<void> {
    while (!this.#isOver) {
      await sleep(POLL_MS);
      const streams = await Promise.all(["buried", "strict"].map((name) => this.#read(name)));
      for (const stream of streams) {
        if (!stream || stream.Status === "RUNNING" || stream.Status === "STARTING") continue;
        const name = String(stream.EventStreamingName);
        const reason = stream.DetailedStatus.Extensions?.ErrorMessage ?? "";
        if (name !== "strict" || stream.Status !== "READY" || reason === "")
          throw new Error(`${name} is ${stream.Status}: ${reason}`);
        const [code = ""] = reason.split(":");
        this.blocked[code] = (this.blocked[code] ?? 0) + 1;
        await this.world.streams("StartEventStreaming", { EventStreamingName: name }).catch(unlessAway);
      }
    }
  }

  #read(name: string): Promise<Read | undefined> {
    return read(this.world.streams, name).catch(unlessAway);
  }

  /** Throws what tending has come upon. */
  async judgeTending(): Promise<void> {
    await Promise.race([this.#tending, Promise.resolve()]);
  }

  async #words(): Promise<string> {
    const streams = await Promise.all(["buried", "strict"].map((name) => this.#read(name)));
    return [
      JSON.stringify(streams),
      ...this.#readers.map((reader) => reader.lastWords()),
      this.world.service.logs().slice(-LOG_CHARS_MAX),
    ].join("\n");
  }
}

const AWAY = /ECONNREFUSED|ECONNRESET|socket hang up|other side closed|fetch failed|EPIPE/;

/** The service is down now and then. */
function unlessAway(error: Error): undefined {
  if (!AWAY.test(`${error.message} ${String((error as { code?: unknown }).code)}`)) throw error;
}
