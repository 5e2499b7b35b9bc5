import type { CaptureDependencies, CaptureJob, CaptureSink } from "../capture.ts";
import { CopyBoth } from "./copy-both.ts";
import { captureError } from "./failure.ts";
import type { Session } from "./login.ts";
import type { SourceNames } from "./names.ts";
import { decodePosition, lsnText } from "./position.ts";
import type { RelationMessage } from "./relation-message.ts";
import { sourceClock } from "./source-state.ts";
import { standbyStatus } from "./standby-status.ts";
import { tableOf } from "./tables.ts";
import { Transactions } from "./transactions.ts";

const XLOG_DATA = 0x77;
const KEEPALIVE = 0x6b;
/** Type 1, start 8, end 8, time 8. */
const XLOG_HEADER_BYTES = 25;
const REPLY_WANTED_AT = 17;
const WORD = 0x1_0000_0000;
const TICK_MS = 1_000;
const SYNC_TICKS = 30;
/** Every second an answer is asked for; a source that is busy decoding a large transaction may take its time. */
const SILENCE_MS_MAX = 300_000;

interface ReadingParts {
  readonly job: CaptureJob;
  readonly names: SourceNames;
  readonly dependencies: CaptureDependencies;
  readonly sink: CaptureSink;
  readonly from: Uint8Array;
  readonly serverVersion: string;
  /** Asks the catalog. */
  readonly catalog: Session;
  readonly walsender: Session;
  /** Publishes tables that are new; undefined where all are published. */
  readonly syncTables: (() => Promise<void>) | undefined;
  /** What starts the replication. */
  readonly statement: string;
}

/** One run over the WAL, from a position on until the signal is raised or something breaks. */
export class Reading {
  readonly #parts: ReadingParts;
  readonly #copy: CopyBoth;
  readonly #transactions: Transactions;
  /** All before was received. */
  #received: number;
  /** The WAL ended here at this second of the source's clock; when all before was received, that is a heartbeat. */
  #target: { readonly lsn: number; readonly seconds: number } | undefined;
  /** The catalog's connection takes one question after the other. */
  #asked: Promise<unknown> = Promise.resolve();
  #isAsking = false;
  #isSyncing = false;
  #ticks = 0;
  #heardAtMs = 0;
  #isHeard = true;
  #isWaiting = false;
  #finish: (error?: Error) => void = () => undefined;

  constructor(parts: ReadingParts) {
    const { job, names, sink, from, serverVersion } = parts;
    this.#parts = parts;
    const { lsn } = decodePosition(from);
    this.#received = lsn;
    this.#transactions = new Transactions({
      job,
      sink,
      from,
      fromLsn: lsn,
      source: { type: "PostgreSQL", version: serverVersion },
      messagePrefix: names.messagePrefix,
      onTable: (relation) => this.#define(relation),
      onDdl: () => this.#syncTables(),
    });
    this.#copy = new CopyBoth({
      socket: parts.walsender.socket,
      onData: (bytes, start, end) => this.#take(bytes, start, end),
      onDrained: () => this.#drained(),
      onEnd: (error) => this.#finish(error),
    });
  }

  /** Resolves when the signal is raised. Rejects with a CaptureError, or with what broke. */
  async run(signal: AbortSignal): Promise<void> {
    const over = new Promise<void>((resolve, reject) => {
      this.#finish = (error) => (error ? reject(error) : resolve());
    });
    over.catch(() => undefined);
    const abort = () => this.#finish();
    signal.addEventListener("abort", abort, { once: true });
    let timer: NodeJS.Timeout | undefined;
    try {
      await this.#copy.start(this.#parts.statement);
      timer = setInterval(() => this.#tick(), TICK_MS);
      this.#tick();
      if (!signal.aborted) await over;
    } finally {
      clearInterval(timer);
      signal.removeEventListener("abort", abort);
      this.#copy.stop();
    }
  }

  #take(bytes: Buffer, start: number, end: number): void {
    const type = bytes[start];
    this.#isHeard = true;
    if (type === XLOG_DATA) this.#transactions.take(bytes, start + XLOG_HEADER_BYTES, end);
    else if (type === KEEPALIVE) this.#keepalive(bytes, start);
  }

  /** Type 1, end of WAL 8, time 8, whether an answer is wanted 1. */
  #keepalive(bytes: Buffer, start: number): void {
    const lsn = bytes.readUInt32BE(start + 1) * WORD + bytes.readUInt32BE(start + 5);
    this.#received = Math.max(this.#received, lsn);
    const target = this.#target;
    if (target && !this.#transactions.isOpen && this.#received >= target.lsn) {
      this.#target = undefined;
      this.#transactions.heartbeat(this.#received, target.seconds);
    }
    if (bytes[start + REPLY_WANTED_AT] === 1) this.#tell(false);
  }

  #drained(): void {
    const { sink } = this.#parts;
    sink.flush();
    if (!sink.isFull || this.#isWaiting) return;
    this.#isWaiting = true;
    this.#copy.pause();
    sink.room().then(
      () => {
        this.#isWaiting = false;
        this.#copy.resume();
      },
      (error) => this.#finish(error),
    );
  }

  #define(relation: RelationMessage): void {
    const { catalog, job } = this.#parts;
    this.#copy.pause();
    this.#ask(() => tableOf(catalog.client, job, relation)).then(
      (table) => {
        this.#transactions.define(relation.oid, table);
        this.#copy.resume();
      },
      (error) => this.#finish(captureError("look up a table", `${job.host}:${job.port}`, error)),
    );
  }

  /** Each second: tells what is durable, which also keeps the connection, and asks how far the WAL goes. */
  #tick(): void {
    this.#tell(true);
    this.#checkSilence();
    this.#ticks += 1;
    if (this.#ticks % SYNC_TICKS === 0) this.#syncTables();
    if (this.#isAsking || this.#target || this.#isWaiting) return;
    this.#isAsking = true;
    this.#ask(() => sourceClock(this.#parts.catalog.client)).then(
      (clock) => {
        this.#isAsking = false;
        this.#target = clock;
        this.#tell(true);
      },
      (error) => {
        const { host, port } = this.#parts.job;
        this.#finish(captureError("ask for the end of the WAL", `${host}:${port}`, error));
      },
    );
  }

  #syncTables(): void {
    const { syncTables } = this.#parts;
    if (!syncTables || this.#isSyncing) return;
    this.#isSyncing = true;
    // What cannot be published now, because someone holds a lock, is tried again.
    this.#ask(syncTables)
      .catch(() => undefined)
      .finally(() => {
        this.#isSyncing = false;
      });
  }

  #checkSilence(): void {
    const now = this.#parts.dependencies.now();
    if (this.#isHeard || this.#isWaiting) this.#heardAtMs = now;
    this.#isHeard = false;
    if (now - this.#heardAtMs > SILENCE_MS_MAX)
      this.#finish(new Error(`the source was silent for ${SILENCE_MS_MAX} ms`));
  }

  #ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
    const answer = this.#asked.then(question);
    this.#asked = answer.catch(() => undefined);
    return answer;
  }

  #tell(wantsReply: boolean): void {
    const { sink, from, dependencies } = this.#parts;
    const durable = decodePosition(sink.durable ?? from).lsn;
    const received = Math.max(this.#received, this.#transactions.lsn);
    this.#copy.send(standbyStatus(received, durable, dependencies.now(), wantsReply));
  }
}

/** From `lsn` on, with the messages that carry DDL where the source can send them. */
export function startStatement(
  slot: string,
  publication: string,
  lsn: number,
  withMessages: boolean,
): string {
  const options = [`proto_version '1'`, `publication_names '"${publication}"'`];
  if (withMessages) options.push(`messages 'true'`);
  return `START_REPLICATION SLOT "${slot}" LOGICAL ${lsnText(lsn)} (${options.join(", ")})`;
}
