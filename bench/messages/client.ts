import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { stopChild } from "../../tools/ps.ts";
import { processorSeconds } from "../harness/cpu.ts";
import type { QueueAccess } from "../plane/queues.ts";

const CLIENT = fileURLToPath(new URL("node-client.ts", import.meta.url));
const STEP_MS_MAX = 300_000;

/** What a client does in each pass. */
export interface ClientOrder {
  readonly access: QueueAccess;
  readonly topic: string;
  readonly group: string;
  readonly messages: number;
  readonly bodyBytes: number;
  /** Sends under way at once. */
  readonly sending: number;
  /** Receives under way at once. */
  readonly receiving: number;
}

export interface Pass {
  readonly sentPerSecond: number;
  readonly receivedPerSecond: number;
  /** Processor time of the server in the pass, microseconds for each message that was sent and received. */
  readonly serverMicroseconds: number | undefined;
}

/** A client in a process of its own, which waits to be told what to do. */
export class MessageClient {
  readonly #child;
  readonly #lines: AsyncIterator<string>;
  readonly #order: ClientOrder;
  readonly #serverPid: number;
  #errors = "";

  private constructor(order: ClientOrder, serverPid: number) {
    this.#order = order;
    this.#serverPid = serverPid;
    this.#child = spawn(process.execPath, [CLIENT, JSON.stringify(order)], { stdio: "pipe" });
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#errors = (this.#errors + text).slice(-2_000);
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
  }

  static async start(order: ClientOrder, serverPid: number): Promise<MessageClient> {
    const client = new MessageClient(order, serverPid);
    try {
      await client.#said("ready");
    } catch (error) {
      await client.stop();
      throw error;
    }
    return client;
  }

  /** Sends all, then receives all. */
  async pass(): Promise<Pass> {
    const before = processorSeconds(this.#serverPid);
    const sentPerSecond = await this.#rate("send");
    const receivedPerSecond = await this.#rate("receive");
    await this.#said("empty");
    const after = processorSeconds(this.#serverPid);
    const isKnown = before !== undefined && after !== undefined;
    return {
      sentPerSecond,
      receivedPerSecond,
      serverMicroseconds: isKnown ? ((after - before) * 1e6) / this.#order.messages : undefined,
    };
  }

  stop(): Promise<void> {
    return stopChild(this.#child);
  }

  async #rate(what: "send" | "receive"): Promise<number> {
    this.#child.stdin.write(`${what}\n`);
    const [, seconds, count] = (await this.#said(what)).split(" ");
    return Number(count) / Number(seconds);
  }

  async #said(word: string): Promise<string> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const text = `the client did not say ${word} within ${STEP_MS_MAX / 1000} s`;
      timer = setTimeout(() => reject(new Error(text)), STEP_MS_MAX);
    });
    try {
      const { value, done } = await Promise.race([this.#lines.next(), late]);
      if (done || !value.startsWith(word)) {
        throw new Error(`the client said ${done ? "nothing" : value} instead of ${word}:\n${this.#errors}`);
      }
      return value;
    } finally {
      clearTimeout(timer);
    }
  }
}
