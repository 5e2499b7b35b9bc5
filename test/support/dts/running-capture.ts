import { dial } from "../../../service/core/outbound/dial.ts";
import { defaultOptions } from "../../../service/core/settings/service-options.ts";
import type { Capture, CaptureDependencies, CaptureJob } from "../../../service/dts/capture/capture.ts";
import { CollectingLog, recordsOf } from "./collecting-sink.ts";
import type { DecodedRecord } from "./record-schema.ts";

const WAIT_MS_MAX = 60_000;

interface Source {
  capture(job: CaptureJob): Capture;
  /** Where its log of changes ends, as records show positions. */
  end(): Promise<string>;
  /** Such a position as a number that grows with it. */
  orderOf(position: string): number;
}

/** What a capture is given in the service, at its defaults. */
export function dependenciesOf(
  { host, port }: CaptureJob,
  tls = defaultOptions.sourceTls,
): CaptureDependencies {
  return { connect: () => dial(defaultOptions, { host, port, msMax: 10_000 }), tls, now: Date.now };
}

/** One job under way: prepared, and reading until it is stopped. */
export class RunningCapture {
  readonly log: CollectingLog;
  readonly capture: Capture;
  notes: readonly string[] = [];
  #start: Uint8Array = new Uint8Array(0);
  #abort = new AbortController();
  /** Ends with what the reading ends with. */
  reading: Promise<void> = Promise.resolve();

  constructor(capture: Capture, log = new CollectingLog()) {
    this.capture = capture;
    this.log = log;
  }

  static async start(source: Source, job: CaptureJob): Promise<RunningCapture> {
    const running = new RunningCapture(source.capture(job));
    await running.prepare();
    running.read();
    return running;
  }

  async prepare(): Promise<void> {
    const { position, notes } = await this.capture.prepare(new AbortController().signal);
    this.#start = position;
    this.notes = notes;
  }

  /** Reads on from what the log holds; gives what the reading ends with. */
  read(): Promise<void> {
    this.#abort = new AbortController();
    const sink = this.log.sink();
    this.reading = this.capture.read(this.log.position ?? this.#start, sink, this.#abort.signal);
    this.reading.catch(() => undefined);
    return this.reading;
  }

  async stop(): Promise<void> {
    this.#abort.abort();
    await this.reading;
  }

  /** All records up to now: waits until a heartbeat has come from where the source's log ends at the call. */
  async caughtUp(source: Source): Promise<DecodedRecord[]> {
    const target = source.orderOf(await source.end());
    const until = Date.now() + WAIT_MS_MAX;
    for (;;) {
      // A heartbeat ends its entry. Only that one is decoded: there may be much before it.
      const entry = this.log.entries.at(-1);
      const last = entry?.complete ? recordsOf(entry).at(-1) : undefined;
      if (last?.operation === "HEARTBEAT" && source.orderOf(last.sourcePosition) >= target)
        return this.log.records();
      if (Date.now() > until) throw new Error("the capture did not catch up");
      await Promise.race([this.reading, new Promise((resolve) => setTimeout(resolve, 50))]);
    }
  }
}

/** Without what only keeps time. */
export function changesIn(records: readonly DecodedRecord[]): DecodedRecord[] {
  return records.filter((record) => record.operation !== "HEARTBEAT");
}
