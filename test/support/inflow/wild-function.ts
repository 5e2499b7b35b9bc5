import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { crc32 } from "node:zlib";
import type { Pick } from "../dts/fire/source.ts";

/** Topics to which events are sent that their task does not name: one comes late, one never. */
export const LATE_TOPIC = "late";
const NO_TOPIC = "nowhere";
const HANG_MS_MAX = 1_500;
const OF_1000 = { late: 20, nowhere: 10 };

export type Whim = "right" | "hangs" | "dies" | "refuses" | "nonsense" | "breaks off";
const WHIMS: readonly Whim[] = [
  ...Array<Whim>(8).fill("right"),
  "hangs",
  "dies",
  "refuses",
  "refuses",
  "nonsense",
  "nonsense",
  "breaks off",
];
const NONSENSE = [
  "<html>busy</html>",
  '[{"data":',
  '"done"',
  "true",
  "[1, null]",
  "[[]]",
  '{"a":1}]',
  "\u0000",
];

/**
 * A function that answers what it was sent only about every second time: else it hangs and dies, dies at once, refuses,
 * answers what are no events, or half of them. A path that ends with `/routing` sends some events to other topics.
 */
export class WildFunction {
  readonly #server: Server;
  readonly #pick: Pick;
  readonly whims: Partial<Record<Whim, number>> = {};
  /** From then on it does what it is for. */
  isTame = false;

  private constructor(pick: Pick) {
    this.#pick = pick;
    this.#server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on("data", (piece: Buffer) => pieces.push(piece));
      request.on("end", () => this.#answer(request.url ?? "", Buffer.concat(pieces).toString(), response));
    });
  }

  static async start(pick: Pick): Promise<WildFunction> {
    const made = new WildFunction(pick);
    await new Promise<void>((resolve) => made.#server.listen(0, "127.0.0.1", resolve));
    return made;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(path: string, text: string, response: ServerResponse): void {
    const pick = this.#pick;
    const whim = this.isTame ? "right" : (WHIMS[pick(WHIMS.length)] as Whim);
    this.whims[whim] = (this.whims[whim] ?? 0) + 1;
    const die = () => response.destroy();
    if (whim === "hangs") setTimeout(die, pick(HANG_MS_MAX)).unref();
    else if (whim === "dies") die();
    else if (whim === "refuses") response.writeHead(500).end("[]");
    else if (whim === "nonsense") response.end(NONSENSE[pick(NONSENSE.length)]);
    else if (whim === "breaks off") {
      response.writeHead(200, { "content-length": Buffer.byteLength(text) });
      response.write(text.slice(0, text.length / 2), die);
    } else response.end(path.endsWith("/routing") ? routed(text) : text);
  }
}

/** The same for an event whenever it comes: one that changed its topic would be behind what was sent meanwhile. */
function routed(text: string): string {
  const events = (JSON.parse(text) as { id: string }[]).map((event) => {
    const at = crc32(event.id) % 1_000;
    if (at < OF_1000.nowhere) return { ...event, rocketmqtopic: NO_TOPIC };
    return at < OF_1000.nowhere + OF_1000.late ? { ...event, rocketmqtopic: LATE_TOPIC } : event;
  });
  return JSON.stringify(events);
}
