import { type ServerDuplexStream, status } from "@grpc/grpc-js";
import type { CommandStream } from "./clients.ts";
import type { WireStatus } from "./status.ts";
import type { TelemetryCommand } from "./wire/generated/messages.d.ts";
import type { Draft } from "./wire/wire.ts";

/** Commands that the client has not taken yet; a client that is so late is no client any more. */
const UNTAKEN_MAX = 1_000;
const COMMANDS_PER_SECOND_MAX = 50;
const SECOND_MS = 1_000;

/** The stream of commands between us and one client. */
export class CommandChannel implements CommandStream {
  readonly #call: ServerDuplexStream<TelemetryCommand, object>;
  readonly #ended: () => void;
  #isOpen = true;

  constructor(call: ServerDuplexStream<TelemetryCommand, object>, ended: () => void) {
    this.#call = call;
    this.#ended = ended;
    call.on("cancelled", () => this.#close());
    call.on("error", () => this.#close());
    call.on("end", () => this.end());
  }

  /** A client that sends more than some a second waits. */
  onCommand(listener: (command: TelemetryCommand) => void): void {
    let left = COMMANDS_PER_SECOND_MAX;
    this.#call.on("data", (command: TelemetryCommand) => {
      left -= 1;
      if (left === COMMANDS_PER_SECOND_MAX - 1) setTimeout(refill, SECOND_MS).unref();
      if (left <= 0) this.#call.pause();
      if (this.#isOpen) listener(command);
    });
    const refill = () => {
      left = COMMANDS_PER_SECOND_MAX;
      if (this.#isOpen) this.#call.resume();
    };
  }

  send(command: Draft<TelemetryCommand>): void {
    if (!this.#isOpen) return;
    this.#call.write(command);
    if (this.#call.writableLength > UNTAKEN_MAX)
      this.#fail(status.RESOURCE_EXHAUSTED, "commands are not taken");
  }

  end(): void {
    if (!this.#isOpen) return;
    this.#close();
    this.#call.end();
  }

  /** Told in both ways: some clients read the command, others the end of the stream. */
  fail(refused: WireStatus): void {
    this.send({ status: refused });
    this.#fail(grpcCodeOf(refused.code), refused.message);
  }

  #fail(code: status, details: string): void {
    if (this.#isOpen) this.#call.emit("error", { code, details });
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#ended();
  }
}

/** The first three digits of a published code are those of HTTP. */
function grpcCodeOf(code: number): status {
  const codes: Readonly<Record<number, status>> = {
    401: status.UNAUTHENTICATED,
    403: status.PERMISSION_DENIED,
    404: status.NOT_FOUND,
    413: status.RESOURCE_EXHAUSTED,
    429: status.RESOURCE_EXHAUSTED,
  };
  const http = Math.floor(code / 100);
  return codes[http] ?? (http < 500 ? status.INVALID_ARGUMENT : status.INTERNAL);
}
