import type { MessagingClient } from "./backend.ts";
import type { MessagingLimits } from "./limits.ts";
import { Refusal } from "./status.ts";
import type { TelemetryCommand } from "./wire/generated/messages.d.ts";
import type { Draft } from "./wire/wire.ts";

/** The way from us to one client. */
export interface CommandStream {
  send(command: Draft<TelemetryCommand>): void;
  /** A client that lives comes back with another one, and tells its settings anew. */
  end(): void;
}

/** What a client tells of itself. */
export interface ClientReport extends Omit<MessagingClient, "connectedAtMs"> {
  /** Of a producer: what it may be asked about. */
  readonly topics: readonly string[];
}

interface Known {
  report: ClientReport;
  readonly connectedAtMs: number;
  heardAtMs: number;
  /** Its last stream has ended: gone when it is not back by then. */
  backBeforeMs: number | undefined;
  readonly streams: Set<CommandStream>;
  readonly sentTo: Set<string>;
}

const SENT_TO_MAX = 1_000;

interface ClientsOptions {
  readonly limits: Pick<MessagingLimits, "clientsMax" | "silentMsMax" | "comeBackMsMax">;
  readonly now: () => number;
  /** Called at once whenever a client has come, changed or gone. */
  readonly changed: (present: readonly MessagingClient[]) => void;
  readonly gone: (clientId: string) => void;
}

/** Who is there: since its settings came, until it says goodbye, its stream ends for good, or nothing is heard of it. */
export class Clients {
  readonly #options: ClientsOptions;
  readonly #known = new Map<string, Known>();
  #turn = 0;

  constructor(options: ClientsOptions) {
    this.#options = options;
  }

  find(clientId: string): ClientReport | undefined {
    return this.#known.get(clientId)?.report;
  }

  /** Any call is a sign of life. */
  heard(clientId: string): void {
    const known = this.#known.get(clientId);
    if (known) known.heardAtMs = this.#options.now();
  }

  /** Throws TOO_MANY_REQUESTS. */
  report(report: ClientReport, stream: CommandStream): void {
    const { limits, now } = this.#options;
    const before = this.#known.get(report.clientId);
    if (!before && this.#known.size >= limits.clientsMax)
      throw new Refusal("TOO_MANY_REQUESTS", `${limits.clientsMax} clients are connected; close some`);
    const known: Known = before ?? {
      report,
      connectedAtMs: now(),
      heardAtMs: 0,
      backBeforeMs: undefined,
      streams: new Set(),
      sentTo: new Set(),
    };
    const isNews = !before || JSON.stringify(before.report) !== JSON.stringify(report);
    known.report = report;
    known.heardAtMs = now();
    known.backBeforeMs = undefined;
    known.streams.add(stream);
    this.#known.set(report.clientId, known);
    if (isNews) this.#tell();
  }

  ended(clientId: string, stream: CommandStream): void {
    const known = this.#known.get(clientId);
    if (!known?.streams.delete(stream) || known.streams.size > 0) return;
    known.backBeforeMs = this.#options.now() + this.#options.limits.comeBackMsMax;
  }

  /** False where it was not there. */
  terminate(clientId: string): boolean {
    const known = this.#known.get(clientId);
    if (!known) return false;
    this.#known.delete(clientId);
    for (const stream of known.streams) stream.end();
    this.#options.gone(clientId);
    this.#tell();
    return true;
  }

  /** To be called every second or so: finds those that have gone without a word. */
  sweep(): void {
    const now = this.#options.now();
    const silentSinceMs = now - this.#options.limits.silentMsMax;
    for (const [clientId, { heardAtMs, backBeforeMs = Number.POSITIVE_INFINITY }] of this.#known)
      if (heardAtMs < silentSinceMs || backBeforeMs < now) this.terminate(clientId);
  }

  /** A producer need not say before what it sends to. */
  sends(clientId: string, topic: string): void {
    const sentTo = this.#known.get(clientId)?.sentTo;
    if (sentTo && sentTo.size < SENT_TO_MAX) sentTo.add(topic);
  }

  /** A producer of the topic that can be asked now, another one each time; undefined where there is none. */
  producerOf(topic: string): CommandStream | undefined {
    const streams = [...this.#known.values()]
      .filter(({ report, sentTo }) => report.topics.includes(topic) || sentTo.has(topic))
      .flatMap((known) => [...known.streams].slice(-1));
    this.#turn += 1;
    return streams[this.#turn % Math.max(1, streams.length)];
  }

  /** Ends all streams; nobody is told. */
  close(): void {
    for (const { streams } of this.#known.values()) for (const stream of streams) stream.end();
  }

  #tell(): void {
    const present = [...this.#known.values()].map(({ report: { topics: _, ...report }, connectedAtMs }) => ({
      ...report,
      connectedAtMs,
    }));
    this.#options.changed(present);
  }
}
