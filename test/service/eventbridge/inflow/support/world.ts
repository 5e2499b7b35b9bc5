import { MessageChannel } from "node:worker_threads";
import type { MessageSenderCalls, OutgoingMessage } from "../../../../../service/core/threads/data-lines.ts";
import { type Line, LineError, openLine } from "../../../../../service/core/threads/line.ts";
import { serveReader } from "../../../../../service/dts/threads/change-readers.ts";
import { valuesOf } from "../../../../../service/kafka/batch-values.ts";
import { MemoryBackend, MemoryTopic } from "../../../../support/kafka/memory-backend.ts";
import { type EventbridgeService, group, startEventbridge } from "../../support/service.ts";
import { orderEntries } from "./changes.ts";

export interface Arrived extends OutgoingMessage {
  readonly topic: string;
  readonly text: string;
}

/** Changes in memory and a sink that is a list, around the real room with its real thread. */
export class World {
  readonly backend = new MemoryBackend();
  readonly topic = new MemoryTopic(group.topic);
  readonly arrived: Arrived[] = [];
  /** Sizes of what was sent at once. */
  readonly sends: number[] = [];
  /** Called for each send; what it throws refuses it. */
  trouble: (topic: string, messages: readonly OutgoingMessage[]) => void | Promise<void> = () => undefined;
  readonly #lines = new Set<Line<Record<never, never>>>();
  /** Groups that a reader has. */
  readonly #held = new Set<string>();
  #ids = 0;
  running: EventbridgeService | undefined;

  constructor() {
    this.backend.topics.set(this.topic.name, this.topic);
  }

  get service(): EventbridgeService {
    if (!this.running) throw new Error("the world was not started");
    return this.running;
  }

  async start(settings: object = {}): Promise<void> {
    this.running = await startEventbridge({ settings: { waitScale: 0.001, ...settings } }, (ports) => {
      ports.provide("changes", { connect: async () => this.#changesLine() });
      ports.provide("messages5", { connect: async () => this.#messagesLine() });
    });
  }

  async stop(): Promise<void> {
    await this.running?.stop();
    this.cutLines();
  }

  /** Inserts rows, one transaction each, all of one second. */
  insert(count: number, name = "a", seconds = 1_500): number[] {
    const ids = Array.from({ length: count }, () => ++this.#ids);
    const entries = orderEntries(
      ids.map((id) => ({ operation: "INSERT", after: { id, name } })),
      0,
    );
    const values = entries.flatMap(({ payload }) => [...valuesOf(payload)].map(({ value }) => value));
    this.topic.append(values, seconds);
    return ids;
  }

  texts(topic = "orders"): string[] {
    return this.arrived.filter((one) => one.topic === topic).map(({ text }) => text);
  }

  committed(): number | undefined {
    return this.backend.positions.get(`${group.groupId} ${group.topic}`)?.offset;
  }

  /** As when the threads at their other ends die. */
  cutLines(): void {
    for (const line of this.#lines) line.close("cut by the test");
    for (const port of this.#ports) port.close();
    this.#lines.clear();
    this.#ports.clear();
  }

  readonly #ports = new Set<{ close(): void }>();

  #changesLine() {
    const { port1, port2 } = new MessageChannel();
    this.#ports.add(port1);
    serveReader(port1, async () => ({
      backend: this.backend,
      topicOf: async () => group.topic,
      shown: async () => undefined,
      hold: (groupId) => {
        if (this.#held.has(groupId)) return undefined;
        this.#held.add(groupId);
        const hold = {
          isOpen: true,
          read: () => undefined,
          release: () => {
            if (hold.isOpen) this.#held.delete(groupId);
            hold.isOpen = false;
          },
        };
        return hold;
      },
    }));
    return port2;
  }

  #messagesLine() {
    const { port1, port2 } = new MessageChannel();
    this.#ports.add(port1);
    this.#lines.add(
      openLine<Record<never, never>, MessageSenderCalls>(port1, {
        send: async ({ topic, messages }) => {
          await this.trouble(topic, messages);
          this.sends.push(messages.length);
          for (const one of messages)
            this.arrived.push({ ...one, topic, text: Buffer.from(one.body).toString() });
        },
      }),
    );
    return port2;
  }
}

/** A refusal as the thread that keeps messages says it. */
export function refusal(code: string): LineError {
  return new LineError(code, `refused by the test: ${code}`);
}
