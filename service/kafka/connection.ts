import type { Socket } from "node:net";
import { type Api, type Call, CLOSE, type OpenCall } from "./apis/api.ts";
import { tooHigh } from "./apis/api-versions.ts";
import type { KafkaBackend, KafkaPrincipal } from "./backend.ts";
import type { ByteBudget } from "./byte-budget.ts";
import type { Endpoint } from "./endpoint.ts";
import type { Faults } from "./faults.ts";
import type { Group } from "./groups/group.ts";
import type { KafkaLog } from "./kafka-log.ts";
import type { KafkaLimits } from "./limits.ts";
import { Login } from "./login.ts";
import { Peer } from "./peer.ts";
import { send } from "./send.ts";
import { answerFrame, emptyFrame, type RequestHead, readClientId, readHead } from "./wire/envelope.ts";
import { includes } from "./wire/fields.ts";
import { Frames } from "./wire/frames.ts";
import { Reader } from "./wire/reader.ts";
import { WireError } from "./wire/wire-error.ts";

const CLIENT_ID_MAX = 255;
const API_VERSIONS = 18;

/** What all connections of a listener have in common. */
export interface Shared {
  readonly backend: KafkaBackend;
  readonly limits: KafkaLimits;
  readonly apis: readonly Api[];
  readonly byKey: ReadonlyMap<number, Api>;
  readonly unread: ByteBudget;
  readonly faults: Faults;
  readonly clusterId: string;
  readonly log: KafkaLog;
  now(): number;
  group(id: string): Group;
  /** Whether one more connection of this user is taken. */
  admit(connection: Connection, principal: KafkaPrincipal): boolean;
  onClose(connection: Connection): void;
}

/** One client's connection: requests are answered one by one, in their order, as Apache Kafka does. */
export class Connection {
  readonly peer: Peer;
  readonly #socket: Socket;
  readonly #endpoint: Endpoint;
  readonly #shared: Shared;
  readonly #login: Login;
  readonly #frames: Frames;
  readonly #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #isServing = false;
  readonly #loginTimer: NodeJS.Timeout;

  constructor(socket: Socket, endpoint: Endpoint, shared: Shared) {
    const { limits } = shared;
    this.#socket = socket;
    this.#endpoint = endpoint;
    this.#shared = shared;
    this.peer = new Peer(socket.remoteAddress ?? "", socket.remotePort ?? 0, shared.now());
    this.#login = new Login(shared.backend, (principal) => shared.admit(this, principal));
    this.#frames = new Frames(() => (this.principal ? limits.requestBytesMax : limits.loginBytesMax));
    this.#loginTimer = setTimeout(() => this.close("no login in time"), limits.loginMsMax);
    socket.setTimeout(limits.idleMsMax);
    socket.on("timeout", () => this.close(socket.writableLength > 0 ? "the client does not read" : "idle"));
    socket.on("data", (piece) => this.#receive(piece as Buffer));
    socket.on("end", () => this.close("closed by the client"));
    socket.on("error", (error) => this.close(error.message));
    socket.on("close", () => this.close("closed"));
  }

  get principal(): KafkaPrincipal | undefined {
    return this.#login.principal;
  }

  /** Told in the log unless nothing came of the connection: looking whether somebody listens is no event. */
  close(reason: string): void {
    if (!this.peer.isOpen) return;
    clearTimeout(this.#loginTimer);
    this.peer.close();
    this.#socket.destroy();
    this.#waiting.length = 0;
    const { log } = this.#shared;
    log(this.principal ? "info" : "debug", "kafka.disconnected", { ...this.#who(), reason });
    this.#shared.onClose(this);
  }

  #receive(piece: Buffer): void {
    this.#frames.push(piece);
    this.#cut();
    void this.#serveAll();
  }

  /** Reads on while there is room: the end of a connection is noticed only while it is read. */
  #cut(): void {
    const { requestsAheadMax, requestBytesMax } = this.#shared.limits;
    const isFull = () => this.#waiting.length >= requestsAheadMax || this.#waitingBytes > 2 * requestBytesMax;
    try {
      for (let frame = isFull() ? undefined : this.#frames.next(); frame; ) {
        this.#waiting.push(frame);
        this.#waitingBytes += frame.length;
        frame = isFull() ? undefined : this.#frames.next();
      }
    } catch (error) {
      this.#refuse(error);
    }
    if (isFull()) this.#socket.pause();
    else if (this.#socket.isPaused()) this.#socket.resume();
  }

  async #serveAll(): Promise<void> {
    if (this.#isServing) return;
    this.#isServing = true;
    for (let frame = this.#waiting.shift(); frame && this.peer.isOpen; frame = this.#waiting.shift()) {
      this.#waitingBytes -= frame.length;
      try {
        await this.#serve(frame);
      } catch (error) {
        this.#refuse(error);
      }
      if (this.peer.isOpen) this.#cut();
    }
    this.#isServing = false;
  }

  async #serve(frame: Buffer): Promise<void> {
    if (this.#login.expectsRawToken) {
      if (!(await this.#login.authenticate(frame))) return this.#loginFailed();
      this.#loggedIn();
      return this.#send(emptyFrame());
    }
    const from = new Reader(frame);
    const head = readHead(from);
    const api = this.#shared.byKey.get(head.apiKey);
    if (!api || !includes(api.versions, head.version)) {
      if (head.apiKey !== API_VERSIONS || !api)
        throw new WireError(`API ${head.apiKey} in version ${head.version} is not served`);
      const oldHead = { ...head, version: 0 };
      return this.#send(
        answerFrame(oldHead, false, (to) => api.answer.encode(to, 0, tooHigh(this.#shared.apis))),
      );
    }
    if (api.handle.needsLogin && !this.principal) throw new WireError(`${api.name} before the login`);
    this.peer.clientId = readClientId(from, head.version >= api.flexibleFrom).slice(0, CLIENT_ID_MAX);
    await this.#answer(api, head, api.request.decode(from, head.version));
  }

  async #answer(api: Api, head: RequestHead, request: Readonly<Record<string, unknown>>): Promise<void> {
    const sent: (() => void)[] = [];
    try {
      const { faults } = this.#shared;
      const fault = faults.has(api.name)
        ? await faults.find({
            api: api.name,
            version: head.version,
            clientId: this.peer.clientId,
            groupId: this.principal?.groupId,
            request,
          })
        : undefined;
      if (fault && "close" in fault && fault.close === "before")
        return this.close("a fault that was asked for");
      const answer = fault && "answer" in fault ? fault.answer : await this.#run(api, head, request, sent);
      if (fault && "close" in fault) return this.close("a fault that was asked for");
      if (answer === CLOSE) return this.close(`${api.name} has no answer`);
      const isFlexible = head.version >= api.flexibleFrom;
      await this.#send(answerFrame(head, isFlexible, (to) => api.answer.encode(to, head.version, answer)));
      if (this.#login.hasFailed) this.#loginFailed();
    } finally {
      for (const listener of sent) listener();
    }
  }

  async #run(
    api: Api,
    { version }: RequestHead,
    request: Readonly<Record<string, unknown>>,
    sent: (() => void)[],
  ) {
    const { backend, limits, apis, unread, clusterId, now } = this.#shared;
    const call: OpenCall = {
      version,
      peer: this.peer,
      backend,
      limits,
      apis,
      unread,
      clusterId,
      login: this.#login,
      advertised: this.#endpoint.placeFor(this.#socket),
      now,
      onSent: (listener) => void sent.push(listener),
    };
    const { handle } = api;
    if (!handle.needsLogin) {
      const wasOut = !this.principal;
      const answer = await handle.run(call, request);
      if (wasOut && this.principal) this.#loggedIn();
      return answer;
    }
    const principal = this.principal as KafkaPrincipal;
    const full: Call = { ...call, principal, group: this.#shared.group(principal.groupId) };
    return handle.run(full, request);
  }

  async #send(pieces: readonly Uint8Array[]): Promise<void> {
    const { limits } = this.#shared;
    await send(this.#socket, pieces, limits);
    if (this.#socket.timeout !== limits.idleMsMax) this.#socket.setTimeout(limits.idleMsMax);
  }

  #loggedIn(): void {
    clearTimeout(this.#loginTimer);
    this.#shared.log("info", "kafka.connected", this.#who());
  }

  #loginFailed(): void {
    this.#shared.log("warn", "kafka.login-refused", { ...this.#who(), reason: this.#login.refusal });
    this.close("login refused");
  }

  #refuse(error: unknown): void {
    if (!this.peer.isOpen) return;
    const isWire = error instanceof WireError;
    const reason = error instanceof Error ? error.message : String(error);
    this.#shared.log("warn", isWire ? "kafka.request-refused" : "kafka.request-failed", {
      ...this.#who(),
      reason,
    });
    this.close("a request that cannot be answered");
  }

  #who(): Record<string, string | undefined> {
    const { address, clientId, software, version } = this.peer;
    return {
      address,
      clientId,
      software,
      version,
      user: this.principal?.user,
      group: this.principal?.groupId,
    };
  }
}
