import { createHash } from "node:crypto";
import { Replica } from "../oracle.ts";
import { type DecodedRecord, decodeRecord, type ImageValue } from "../record-schema.ts";

interface WitnessParts {
  readonly textOf: (value: ImageValue) => string | null;
  /** Object name of the table in which each transaction leaves its session and number. */
  readonly audit: string;
}

/** Judges what a reader reads, line by line, and replays it. Throws at the first thing that must not be. */
export class Witness {
  readonly replica: Replica;
  readonly #audit: string;
  /** By offset: what was read there. */
  readonly #seen: string[] = [];
  readonly #ends: boolean[] = [];
  /** High watermarks that lie beyond what was read so far. */
  #watermarks: number[] = [];
  /** Of each session, its last transaction. */
  readonly #last = new Map<number, number>();
  #previous = -1;
  #isAtBatch = true;
  duplicates = 0;
  /** How often reading went on from an earlier offset. */
  returns = 0;
  starts = 0;
  bytes = 0;

  constructor({ textOf, audit }: WitnessParts) {
    this.replica = new Replica(textOf);
    this.#audit = audit;
  }

  get records(): number {
    return this.#seen.length;
  }

  lastOf(session: number): number {
    return this.#last.get(session) ?? 0;
  }

  take(line: string): void {
    const words = line.split(" ");
    if (line === "start") {
      this.starts += 1;
      this.#isAtBatch = true;
    } else if (words[0] === "batch") {
      this.#isAtBatch = true;
      this.#watermark(Number(words[1]));
    } else if (words[3] === ".") this.#message(Number(words[0]), Number(words[1]), words[2] ?? "");
    // Else what a process was killed in.
  }

  #message(offset: number, milliseconds: number, base64: string): void {
    if (offset !== this.#previous + 1) {
      if (!this.#isAtBatch || offset > this.#seen.length)
        throw new Error(`offset ${offset} follows ${this.#previous}, ${this.#seen.length} are known`);
      this.returns += 1;
    }
    this.#isAtBatch = false;
    this.#previous = offset;
    const digest = createHash("sha1").update(base64).digest("base64url");
    const known = this.#seen[offset];
    if (known !== undefined) {
      this.duplicates += 1;
      if (known !== digest) throw new Error(`offset ${offset} was something else before`);
      return;
    }
    this.#seen.push(digest);
    this.bytes += base64.length;
    const record = decodeRecord(Buffer.from(base64, "base64"));
    if (record.id !== offset) throw new Error(`record ${record.id} at offset ${offset}`);
    if (milliseconds !== record.sourceTimestamp * 1000)
      throw new Error(
        `message ${offset} is of ${milliseconds} ms, its record of ${record.sourceTimestamp} s`,
      );
    this.#ends.push(record.operation === "COMMIT" || record.operation === "HEARTBEAT");
    this.#checkWatermarks();
    this.#follow(record);
    this.replica.apply([record]);
  }

  /** What a client may see ends with a transaction. */
  #watermark(highWatermark: number): void {
    this.#watermarks.push(highWatermark);
    this.#checkWatermarks();
  }

  #checkWatermarks(): void {
    this.#watermarks = this.#watermarks.filter((mark) => {
      if (mark > this.#ends.length) return true;
      if (mark > 0 && !this.#ends[mark - 1])
        throw new Error(`the log ended inside a transaction, at ${mark}`);
      return false;
    });
  }

  /** Transactions of one session come in the order in which it made them. */
  #follow(record: DecodedRecord): void {
    if (record.operation !== "INSERT" || record.objectName !== this.#audit) return;
    const [session, seq] = (record.after ?? []).map((value) =>
      value ? Number(innerOf(value).value) : undefined,
    );
    if (session === undefined || seq === undefined) throw new Error(`${record.id} has no session`);
    if (seq <= this.lastOf(session))
      throw new Error(`transaction ${seq} of session ${session} follows ${this.lastOf(session)}`);
    this.#last.set(session, seq);
  }
}

/** A value without the name of its branch. */
function innerOf(value: NonNullable<ImageValue>): { readonly value?: unknown } {
  return Object.values(value)[0] as { readonly value?: unknown };
}
