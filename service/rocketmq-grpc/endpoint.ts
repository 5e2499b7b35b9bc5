import { createServer, type Server, type Socket } from "node:net";
import { plainAddress } from "./gate.ts";
import type { MessagingLimits } from "./limits.ts";
import type { MessagingLog } from "./messaging-log.ts";

const BACKLOG = 511;

interface EndpointOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly limits: Pick<
    MessagingLimits,
    "connectionsMax" | "connectionsPerAddressMax" | "firstCallMsMax" | "idleMsMax"
  >;
  readonly connected: (socket: Socket) => void;
  readonly log: MessagingLog;
  readonly now: () => number;
}

interface Connection {
  readonly socket: Socket;
  /** It is ended then. */
  idleAtMs: number;
}

/** `code` is stable; the message says what, where and what to do. */
class MessagingListenError extends Error {
  readonly code = "LISTEN_FAILED";
  constructor(host: string, port: number, cause: Error) {
    super(`cannot listen for messaging clients on ${host}:${port}: ${cause.message}; choose another port`, {
      cause,
    });
    this.name = "MessagingListenError";
  }
}

/** The port of a listener: takes connections up to a number, of all and of one address. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #server: Server;
  /** By `host:port` of the client's end. */
  readonly #connections = new Map<string, Connection>();
  readonly #perAddress = new Map<string, number>();
  port = 0;

  constructor(options: EndpointOptions) {
    this.#options = options;
    // A client that has closed its end is gone: HTTP/2 does not close ours for it.
    this.#server = createServer({ noDelay: true, allowHalfOpen: false });
    this.#server.on("connection", (socket) => this.#accept(socket));
  }

  /** Rejects with MessagingListenError. */
  listen(): Promise<void> {
    const { host, port, log } = this.#options;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new MessagingListenError(host, port, error));
      this.#server.once("error", fail);
      this.#server.listen({ host, port, backlog: BACKLOG }, () => {
        this.#server.off("error", fail);
        // No reason to end.
        this.#server.on("error", ({ message }) =>
          log("warn", "messages.connection-refused", { reason: message }),
        );
        this.port = (this.#server.address() as { port: number }).port;
        resolve();
      });
    });
  }

  /** Ends the connection of the client at this `host:port`. */
  drop(address: string, reason: string): void {
    this.#options.log("warn", "messages.connection-dropped", { address, reason });
    this.#connections.get(address)?.socket.destroy();
  }

  called(address: string): void {
    const connection = this.#connections.get(address);
    if (connection) connection.idleAtMs = this.#options.now() + this.#options.limits.idleMsMax;
  }

  /** To be called every second or so. */
  sweep(): void {
    const now = this.#options.now();
    for (const [address, { idleAtMs }] of this.#connections)
      if (idleAtMs < now) this.drop(address, "it has called nothing for too long");
  }

  /** Stops listening, and ends connections that are open after so long; resolves when all are closed. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    const timer = setTimeout(() => {
      for (const { socket } of this.#connections.values()) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(timer);
  }

  #accept(socket: Socket): void {
    // Else an error of a socket that is not HTTP/2's yet, or not any more, would end the process.
    socket.on("error", () => socket.destroy());
    const { limits, connected, log, now } = this.#options;
    const host = plainAddress(socket.remoteAddress ?? "");
    const ofAddress = this.#perAddress.get(host) ?? 0;
    if (this.#connections.size >= limits.connectionsMax || ofAddress >= limits.connectionsPerAddressMax) {
      log("warn", "messages.connection-refused", { address: host, reason: "too many connections are open" });
      socket.destroy();
      return;
    }
    const address = `${host}:${socket.remotePort}`;
    this.#connections.set(address, { socket, idleAtMs: now() + limits.firstCallMsMax });
    this.#perAddress.set(host, ofAddress + 1);
    socket.once("close", () => this.#forget(address, host));
    connected(socket);
  }

  #forget(address: string, host: string): void {
    this.#connections.delete(address);
    const left = (this.#perAddress.get(host) ?? 1) - 1;
    if (left > 0) this.#perAddress.set(host, left);
    else this.#perAddress.delete(host);
  }
}
