import type { CaptureDependencies, CaptureJob, CaptureSink } from "../capture.ts";
import { textOf } from "../failure.ts";
import { type CatalogTable, collations, lookUpTable } from "./catalog.ts";
import { openDump } from "./dump.ts";
import { BinlogEvent, EVENT, eventEnd, readEvent } from "./events.ts";
import { captureError } from "./failure.ts";
import type { Session } from "./login.ts";
import type { PacketStream } from "./packet-stream.ts";
import type { MysqlPosition } from "./position.ts";
import { replicaIdOf } from "./replica-id.ts";
import { type SourceState, sourceClock } from "./source-state.ts";
import type { TableMap } from "./table-map.ts";
import { isAsMapped, tableOf } from "./tables.ts";
import { Transactions } from "./transactions.ts";
import type { Undone } from "./undone.ts";

const TICK_MS = 1_000;
/** The source says each second that it is there. */
const SILENCE_MS_MAX = 30_000;
/** Keeps the catalog's connection, and its clock in step with ours. */
const CLOCK_TICKS = 60;
const CATALOG_TABLES_MAX = 10_000;

interface ReadingParts {
  readonly job: CaptureJob;
  readonly dependencies: CaptureDependencies;
  readonly sink: CaptureSink;
  readonly from: MysqlPosition;
  readonly state: SourceState;
  /** Asks the catalog. */
  readonly catalog: Session;
  readonly undone: Undone;
}

/** One run over the binary log, from a position on until the signal is raised or something breaks. */
export class Reading {
  readonly #parts: ReadingParts;
  readonly #event = new BinlogEvent();
  readonly #transactions: Transactions;
  readonly #where: string;
  #charsets: ReadonlyMap<number, string> = new Map();
  #stream: PacketStream | undefined;
  /** The catalog's connection takes one question after the other. */
  #asked: Promise<unknown> = Promise.resolve();
  /** Milliseconds that the source's clock is ahead of ours. */
  #aheadMs = 0;
  #heardAtMs: number;
  #ticks = 0;
  /** Something was read since the last heartbeat that moved the position. */
  #hasMoved = false;
  #isWaiting = false;
  #isDefining = false;
  readonly #catalogTables = new Map<string, CatalogTable>();
  /** Events that came in one, and how far they were taken. */
  #payload: Buffer | undefined;
  #payloadAt = 0;
  #finish: (error?: Error) => void = () => undefined;

  constructor(parts: ReadingParts) {
    const { job, sink, from, state, dependencies } = parts;
    this.#parts = parts;
    this.#where = `${job.host}:${job.port}`;
    this.#heardAtMs = dependencies.now();
    this.#transactions = new Transactions({
      job,
      sink,
      from,
      source: { type: "MySQL", version: state.version },
      charsetOf: (collation) => this.#charsets.get(collation),
      onTable: (map) => this.#define(map),
      undone: parts.undone,
      onPayload: (events) => {
        this.#payload = events;
        this.#payloadAt = 0;
        this.#takePayload();
      },
    });
  }

  /** Resolves when the signal is raised. Rejects with a CaptureError, or with what broke. */
  async run(signal: AbortSignal): Promise<void> {
    const { job, dependencies, sink, state, from, catalog } = this.#parts;
    const over = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => (error ? reject(error) : resolve());
    });
    over.catch(() => undefined);
    const abort = () => this.#finish();
    signal.addEventListener("abort", abort, { once: true });
    let timer: NodeJS.Timeout | undefined;
    this.#charsets = await collations(catalog);
    await this.#setClock();
    const dump = await openDump(job, dependencies, state, {
      onEvent: (bytes, start, end) => this.#take(bytes, start, end),
      onDrained: () => this.#drained(),
      onEnd: (error) => this.#finish(error),
    });
    try {
      this.#stream = dump.stream;
      await dump.start(replicaIdOf(job), from.file, from.position);
      // Nothing in the source keeps the place where a new log begins: without it a restart would begin at a later one.
      if (sink.durable === undefined) this.#heartbeat(from.seconds);
      timer = setInterval(() => this.#tick(), TICK_MS);
      if (!signal.aborted) await over;
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", abort);
      dump.close();
    }
  }

  #take(bytes: Buffer, start: number, end: number): void {
    const event = readEvent(bytes, start, end, this.#transactions.format, this.#event);
    this.#heardAtMs = this.#parts.dependencies.now();
    if (event.type === EVENT.heartbeat || event.type === EVENT.heartbeat2) {
      // Only sent while there is nothing else to send.
      if (!this.#transactions.isOpen) this.#heartbeat(this.#sourceSeconds());
      return;
    }
    this.#hasMoved = true;
    this.#transactions.take(event);
  }

  #heartbeat(seconds: number): void {
    this.#hasMoved = false;
    this.#transactions.heartbeat(seconds);
  }

  /** Goes on where it stopped for a table or for room. */
  #takePayload(): void {
    const payload = this.#payload;
    while (payload && this.#payloadAt < payload.length) {
      if (this.#isDefining || this.#isWaiting) {
        this.#stream?.pause();
        return;
      }
      const start = this.#payloadAt;
      this.#payloadAt = eventEnd(payload, start);
      const event = readEvent(payload, start, this.#payloadAt, undefined, this.#event);
      // They lie in the file as one, whose place counts.
      event.isArtificial = true;
      this.#transactions.take(event);
      this.#makeRoom();
    }
    this.#payload = undefined;
  }

  #drained(): void {
    this.#parts.sink.flush();
    this.#makeRoom();
  }

  #makeRoom(): void {
    const { sink } = this.#parts;
    if (!sink.isFull || this.#isWaiting) return;
    this.#isWaiting = true;
    this.#stream?.pause();
    sink.room().then(
      () => {
        this.#isWaiting = false;
        this.#heardAtMs = this.#parts.dependencies.now();
        this.#resume();
      },
      (error) => this.#finish(error),
    );
  }

  #resume(): void {
    try {
      this.#takePayload();
    } catch (error) {
      this.#finish(error instanceof Error ? error : new Error(textOf(error)));
      return;
    }
    if (!this.#isDefining && !this.#isWaiting) this.#stream?.resume();
  }

  #define(map: TableMap): void {
    const { catalog } = this.#parts;
    this.#isDefining = true;
    this.#stream?.pause();
    this.#ask(() => lookUpTable(catalog, map.database, map.table)).then(
      (found) => {
        try {
          this.#transactions.define(
            map.id,
            tableOf(map, this.#chosen(map, found), (collation) => this.#charsets.get(collation)),
          );
        } catch (error) {
          this.#finish(captureError("read a table", this.#where, error));
          return;
        }
        this.#isDefining = false;
        this.#resume();
      },
      (error) => this.#finish(captureError("look up a table", this.#where, error)),
    );
  }

  /** The catalog's table as it is, or as it was when its rows were like these. */
  #chosen(map: TableMap, found: CatalogTable): CatalogTable {
    const key = JSON.stringify([map.database, map.table]);
    const before = this.#catalogTables.get(key);
    const isBefore = before !== undefined && !isAsMapped(map, found) && isAsMapped(map, before);
    if (isBefore) return before;
    if (this.#catalogTables.size >= CATALOG_TABLES_MAX) this.#catalogTables.clear();
    this.#catalogTables.set(key, found);
    return found;
  }

  /** Each second: while the source is busy with what is not tracked, the position moves on all the same. */
  #tick(): void {
    const { dependencies } = this.#parts;
    this.#ticks += 1;
    if (this.#ticks % CLOCK_TICKS === 0) {
      this.#setClock().catch((error) => this.#finish(captureError("ask for the time", this.#where, error)));
    }
    if (this.#isWaiting) return;
    if (dependencies.now() - this.#heardAtMs > SILENCE_MS_MAX) {
      this.#finish(new Error(`nothing has come for ${SILENCE_MS_MAX / 1000} seconds`));
      return;
    }
    if (this.#hasMoved && !this.#transactions.isOpen) this.#heartbeat(this.#transactions.seconds);
  }

  #sourceSeconds(): number {
    return Math.floor((this.#parts.dependencies.now() + this.#aheadMs) / 1000);
  }

  async #setClock(): Promise<void> {
    const { catalog, dependencies } = this.#parts;
    const seconds = await this.#ask(() => sourceClock(catalog));
    this.#aheadMs = seconds * 1000 - dependencies.now();
  }

  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#asked.then(question);
    this.#asked = answer.catch(() => undefined);
    return answer;
  }
}
