import { createServer, type Server, type Socket } from "node:net";
import type { Place } from "./apis/api.ts";

const KEEP_ALIVE_MS = 30_000;
const BACKLOG = 511;

export interface EndpointOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 or left out: any that is free. */
  readonly port?: number;
  /** Where clients are told to connect. Default: the address by which each client came, which is one that answers. */
  readonly advertised?: Partial<Place> | undefined;
}

interface EndpointEvents {
  connected(socket: Socket, endpoint: Endpoint): void;
  /** A connection that could not be taken, for want of file handles for example. */
  refused(reason: string): void;
}

/** `code` is stable; the message says what, where and what to do. */
class KafkaListenError extends Error {
  readonly code = "LISTEN_FAILED";
  constructor(host: string, port: number, cause: Error) {
    super(`cannot listen for Kafka clients on ${host}:${port}: ${cause.message}; choose another port`, {
      cause,
    });
    this.name = "KafkaListenError";
  }
}

/** One port of a listener. All ports lead to the same groups, and each tells its clients to come back to itself. */
export class Endpoint {
  readonly #options: EndpointOptions;
  readonly #events: EndpointEvents;
  readonly #server: Server;
  readonly host: string;
  port = 0;

  constructor(options: EndpointOptions, events: EndpointEvents) {
    this.#options = options;
    this.#events = events;
    this.host = options.host ?? "127.0.0.1";
    this.#server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    this.#server.on("connection", (socket) => events.connected(socket, this));
  }

  /** Rejects with KafkaListenError. */
  listen(): Promise<void> {
    const { host } = this;
    const { port = 0 } = this.#options;
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new KafkaListenError(host, port, error));
      this.#server.once("error", fail);
      this.#server.listen({ host, port, backlog: BACKLOG }, () => {
        this.#server.off("error", fail);
        // No reason to end.
        this.#server.on("error", ({ message }) => this.#events.refused(message));
        this.port = (this.#server.address() as { port: number }).port;
        resolve();
      });
    });
  }

  /** Stops listening at once; resolves when the last connection has gone. */
  close(): Promise<void> {
    return new Promise((resolve) => void this.#server.close(() => resolve()));
  }

  /** Where the client of this connection is told to connect. */
  placeFor({ localAddress = "127.0.0.1" }: Socket): Place {
    const { advertised } = this.#options;
    return {
      host: advertised?.host ?? localAddress.replace(/^::ffff:/, ""),
      port: advertised?.port ?? this.port,
    };
  }
}
