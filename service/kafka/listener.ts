import { createServer, type Server, type Socket } from "node:net";
import type { Place } from "./apis/api.ts";
import { apis, byKey } from "./apis/apis.ts";
import type { GroupSession, KafkaBackend, KafkaPrincipal } from "./backend.ts";
import { ByteBudget } from "./byte-budget.ts";
import { Connection, type Shared } from "./connection.ts";
import { type Catch, Faults } from "./faults.ts";
import { Group } from "./groups/group.ts";
import { bounded, type KafkaLog } from "./kafka-log.ts";
import { DEFAULT_LIMITS, type KafkaLimits } from "./limits.ts";

const TELL_EVERY_MS = 1_000;
const KEEP_ALIVE_MS = 30_000;
const BACKLOG = 511;

export interface KafkaListenerOptions {
  readonly backend: KafkaBackend;
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 or left out: any that is free. */
  readonly port?: number;
  /** Where clients are told to connect. Default: the address by which each client came, which is one that answers. */
  readonly advertised?: Partial<Place>;
  /** Clients take a change of it for another cluster: the same one as long as what is read is the same. */
  readonly clusterId: string;
  readonly limits?: Partial<KafkaLimits>;
  readonly log?: KafkaLog;
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface KafkaListener {
  readonly host: string;
  readonly port: number;
  /** Who reads as a group now; also after it has gone. */
  sessions(groupId: string): GroupSession;
  /** Closes all connections of a group, for example when its password was changed. Returns how many there were. */
  disconnect(groupId: string): number;
  /** There is no such group any more: closes its connections, and knows nothing more of it. */
  forget(groupId: string): void;
  /** For tests: what is to happen to requests of an API. Returns what ends it. See `Faults.add`. */
  intercept(api: string, run: Catch, options?: { readonly keep?: boolean }): () => void;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

/** `code` is stable; the message says what, where and what to do. */
export class KafkaListenError extends Error {
  readonly code = "LISTEN_FAILED";
  constructor(host: string, port: number, cause: Error) {
    super(`cannot listen for Kafka clients on ${host}:${port}: ${cause.message}; choose another port`, {
      cause,
    });
    this.name = "KafkaListenError";
  }
}

/** Resolves when it listens. Rejects with KafkaListenError. */
export async function startKafkaListener(options: KafkaListenerOptions): Promise<KafkaListener> {
  const { host = "127.0.0.1", port = 0 } = options;
  const listener = new Listener(options);
  await listener.listen(host, port);
  return listener;
}

class Listener implements KafkaListener {
  readonly #options: KafkaListenerOptions;
  readonly #limits: KafkaLimits;
  readonly #server: Server;
  readonly #shared: Shared;
  readonly #faults = new Faults();
  readonly #groups = new Map<string, Group>();
  /** In the order in which they came. */
  readonly #connections = new Set<Connection>();
  readonly #loggingIn = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;
  host = "";
  port = 0;

  constructor(options: KafkaListenerOptions) {
    const { backend, clusterId, now = Date.now } = options;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#server = createServer({ noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS });
    this.#server.on("connection", (socket) => this.#accept(socket));
    this.#shared = {
      backend,
      limits: this.#limits,
      apis,
      byKey: byKey(apis),
      unread: new ByteBudget(this.#limits.unreadBytesMax),
      faults: this.#faults,
      clusterId,
      log: bounded(options.log ?? (() => {}), now),
      now,
      advertised: (socket) => this.#advertised(socket),
      group: (id) => this.#group(id),
      admit: (connection, principal) => this.#admit(connection, principal),
      onClose: (connection) => this.#forget(connection),
    };
  }

  listen(host: string, port: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => reject(new KafkaListenError(host, port, error));
      this.#server.once("error", fail);
      this.#server.listen({ host, port, backlog: BACKLOG }, () => {
        this.#server.off("error", fail);
        // A connection that could not be taken, for want of file handles for example, is no reason to end.
        this.#server.on("error", ({ message }) =>
          this.#shared.log("warn", "kafka.connection-refused", { reason: message }),
        );
        this.host = host;
        this.port = (this.#server.address() as { port: number }).port;
        this.#timer = setInterval(() => this.#tell(), TELL_EVERY_MS).unref();
        resolve();
      });
    });
  }

  sessions(groupId: string): GroupSession {
    return this.#groups.get(groupId)?.session(this.#shared.now()) ?? { clients: [], refused: 0 };
  }

  disconnect(groupId: string): number {
    const all = this.#of(groupId);
    for (const connection of all) connection.close("disconnected by the service");
    return all.length;
  }

  forget(groupId: string): void {
    // First, so that nobody is told that its clients go.
    this.#groups.delete(groupId);
    this.disconnect(groupId);
  }

  intercept(api: string, run: Catch, options?: { readonly keep?: boolean }): () => void {
    if (!apis.some(({ name }) => name === api)) throw new Error(`no API is called ${api}`);
    return this.#faults.add(api, run, options);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const connection of this.#connections) connection.close("the listener is closed");
    await closed;
  }

  /** One that has not logged in yet makes room for a new one: silent ones cannot shut others out. */
  #accept(socket: Socket): void {
    const { connectionsMax, loginsMax } = this.#limits;
    const [oldest] = this.#loggingIn;
    if (this.#connections.size >= connectionsMax || this.#loggingIn.size >= loginsMax) {
      oldest?.close("too many connections, and this one has not logged in");
    }
    if (this.#connections.size >= connectionsMax) {
      this.#shared.log("warn", "kafka.connection-refused", {
        reason: `${connectionsMax} connections are open`,
      });
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, this.#shared);
    this.#connections.add(connection);
    this.#loggingIn.add(connection);
  }

  #admit(connection: Connection, { groupId }: KafkaPrincipal): boolean {
    this.#loggingIn.delete(connection);
    return connection.peer.isOpen && this.#of(groupId).length < this.#limits.connectionsPerGroupMax;
  }

  #forget(connection: Connection): void {
    this.#connections.delete(connection);
    this.#loggingIn.delete(connection);
    const groupId = connection.principal?.groupId;
    if (groupId !== undefined) this.#groups.get(groupId)?.tell(this.#shared.now());
  }

  #of(groupId: string): Connection[] {
    return [...this.#connections].filter(({ principal }) => principal?.groupId === groupId);
  }

  #group(id: string): Group {
    const group = this.#groups.get(id) ?? new Group(id, this.#options.backend, this.#limits);
    this.#groups.set(id, group);
    return group;
  }

  #tell(): void {
    for (const group of this.#groups.values()) group.tell(this.#shared.now());
  }

  #advertised({ localAddress = "127.0.0.1" }: Socket): Place {
    const { advertised } = this.#options;
    return {
      host: advertised?.host ?? localAddress.replace(/^::ffff:/, ""),
      port: advertised?.port ?? this.port,
    };
  }
}
