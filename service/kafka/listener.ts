import type { Socket } from "node:net";
import { apis, byKey } from "./apis/apis.ts";
import type { GroupSession, KafkaBackend, KafkaPrincipal } from "./backend.ts";
import { ByteBudget } from "./byte-budget.ts";
import { Connection, type Shared } from "./connection.ts";
import { Endpoint, type EndpointOptions } from "./endpoint.ts";
import { type Catch, Faults } from "./faults.ts";
import { Group } from "./groups/group.ts";
import { type Hold, Holds } from "./groups/holds.ts";
import { bounded, type KafkaLog } from "./kafka-log.ts";
import { DEFAULT_LIMITS, type KafkaLimits } from "./limits.ts";

const TELL_EVERY_MS = 1_000;

interface KafkaListenerOptions extends EndpointOptions {
  readonly backend: KafkaBackend;
  /** A second port, for clients that come another way and have to be told another address. Default: none. */
  readonly public?: Omit<EndpointOptions, "host"> | undefined;
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
  /** The second port; undefined where none was asked for. */
  readonly publicPort: number | undefined;
  /** Who reads as a group now; also after it has gone. */
  sessions(groupId: string): GroupSession;
  /** Takes a group for a reader inside this process, as its one client; undefined while another client has it. */
  hold(groupId: string, clientId: string): Hold | undefined;
  /** Closes all connections of a group, for example when its password was changed. Returns how many there were. */
  disconnect(groupId: string): number;
  /** There is no such group any more: closes its connections, and knows nothing more of it. */
  forget(groupId: string): void;
  /** For tests: what is to happen to requests of an API. Returns what ends it. See `Faults.add`. */
  intercept(api: string, run: Catch, options?: { readonly keep?: boolean }): () => void;
  /** Closes all connections and stops listening. */
  close(): Promise<void>;
}

/** Resolves when it listens. Rejects with KafkaListenError. */
export async function startKafkaListener(options: KafkaListenerOptions): Promise<KafkaListener> {
  const listener = new Listener(options);
  await listener.listen();
  return listener;
}

class Listener implements KafkaListener {
  readonly #options: KafkaListenerOptions;
  readonly #limits: KafkaLimits;
  readonly #main: Endpoint;
  readonly #public: Endpoint | undefined;
  readonly #shared: Shared;
  readonly #faults = new Faults();
  readonly #groups = new Map<string, Group>();
  readonly #holds = new Holds(
    (id) => this.#group(id),
    () => this.#shared.now(),
  );
  /** In the order in which they came. */
  readonly #connections = new Set<Connection>();
  readonly #loggingIn = new Set<Connection>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: KafkaListenerOptions) {
    const { backend, clusterId, now = Date.now } = options;
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#main = this.#endpoint(options);
    this.#public = options.public && this.#endpoint({ ...options.public, host: this.#main.host });
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
      group: (id) => this.#group(id),
      admit: (connection, principal) => this.#admit(connection, principal),
      onClose: (connection) => this.#forget(connection),
    };
  }

  get host(): string {
    return this.#main.host;
  }

  get port(): number {
    return this.#main.port;
  }

  get publicPort(): number | undefined {
    return this.#public?.port;
  }

  async listen(): Promise<void> {
    await this.#main.listen();
    try {
      await this.#public?.listen();
    } catch (error) {
      await this.close();
      throw error;
    }
    this.#timer = setInterval(() => this.#tell(), TELL_EVERY_MS).unref();
  }

  sessions(groupId: string): GroupSession {
    return this.#groups.get(groupId)?.session(this.#shared.now()) ?? { clients: [], refused: 0 };
  }

  hold(groupId: string, clientId: string): Hold | undefined {
    return this.#holds.take(groupId, clientId);
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
    this.#holds.forget(groupId);
  }

  intercept(api: string, run: Catch, options?: { readonly keep?: boolean }): () => void {
    if (!apis.some(({ name }) => name === api)) throw new Error(`no API is called ${api}`);
    return this.#faults.add(api, run, options);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#holds.close();
    const closed = Promise.all([this.#main.close(), this.#public?.close()]);
    for (const connection of this.#connections) connection.close("the listener is closed");
    await closed;
  }

  #endpoint(options: EndpointOptions): Endpoint {
    return new Endpoint(options, {
      connected: (socket, endpoint) => this.#accept(socket, endpoint),
      refused: (reason) => this.#shared.log("warn", "kafka.connection-refused", { reason }),
    });
  }

  /** One that has not logged in yet makes room for a new one: silent ones cannot shut others out. */
  #accept(socket: Socket, endpoint: Endpoint): void {
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
    const connection = new Connection(socket, endpoint, this.#shared);
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
    const group =
      this.#groups.get(id) ?? new Group(id, this.#options.backend, this.#limits, this.#shared.log);
    this.#groups.set(id, group);
    return group;
  }

  #tell(): void {
    for (const group of this.#groups.values()) group.tell(this.#shared.now());
  }
}
