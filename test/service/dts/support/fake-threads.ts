import { MessageChannel } from "node:worker_threads";
import type { Thread } from "../../../../service/core/threads/kept-thread.ts";
import { CaptureError, type CaptureJob, type CaptureSink } from "../../../../service/dts/capture/capture.ts";
import { encodePosition } from "../../../../service/dts/capture/postgres/position.ts";
import type { Spawn, ThreadKind } from "../../../../service/dts/engine/plane/threads.ts";
import { serveCaptures } from "../../../../service/dts/threads/capture-server.ts";
import { serveLogs } from "../../../../service/dts/threads/log-server.ts";
import type { KafkaBackend } from "../../../../service/kafka/backend.ts";
import { openMemoryLogs } from "../../../../service/log/memory-logs.ts";

const SOURCE = { type: "PostgreSQL", version: "18" } as const;

/** A source that does what a test says. */
export class FakeSource {
  /** What is thrown by the next steps; undefined when all is well. */
  trouble: Partial<Record<"prepare" | "read" | "cleanUp", CaptureError>> = {};
  notes: string[] = [];
  readonly jobs: CaptureJob[] = [];
  readonly cleaned: string[] = [];
  reading = 0;
  #commits = 0;
  #sinks = new Set<CaptureSink>();
  #breaks = new Set<(error: Error) => void>();

  fail(step: "prepare" | "read" | "cleanUp", code: CaptureError["code"], message: string): void {
    this.trouble[step] = new CaptureError(code, message);
    if (step === "read") for (const end of this.#breaks) end(this.trouble.read as Error);
  }

  /** One transaction without rows, into every capture that reads. */
  commit(seconds = Math.floor(Date.now() / 1000)): void {
    this.#commits += 1;
    const position = `0/${this.#commits}`;
    for (const { stream } of this.#sinks) {
      stream.begin({ seconds, position, safePosition: position, transactionId: "1", source: SOURCE });
      stream.commit(positionAt(this.#commits, seconds));
      stream.flush();
    }
  }

  /** Where a new log begins, as every capture hands it on: before all times that tests choose. */
  #begin({ stream }: CaptureSink): void {
    const position = "0/0";
    const head = { seconds: 1, position, safePosition: position, transactionId: "", source: SOURCE };
    stream.heartbeat(head, positionAt(0, head.seconds));
  }

  capture(job: CaptureJob) {
    this.jobs.push(job);
    return {
      prepare: async () => {
        if (this.trouble.prepare) throw this.trouble.prepare;
        return { position: positionAt(0, 1), notes: this.notes };
      },
      read: async (_from: Uint8Array, sink: CaptureSink, signal: AbortSignal) => {
        if (this.trouble.read) throw this.trouble.read;
        this.#sinks.add(sink);
        this.reading += 1;
        if (sink.durable === undefined) this.#begin(sink);
        await new Promise<void>((resolve, reject) => {
          this.#breaks.add(reject);
          signal.addEventListener("abort", () => resolve());
          if (signal.aborted) resolve();
        }).finally(() => {
          this.#sinks.delete(sink);
          this.reading -= 1;
        });
      },
      cleanUp: async () => {
        if (this.trouble.cleanUp) throw this.trouble.cleanUp;
        this.cleaned.push(job.jobId);
      },
    };
  }
}

/** Of a cluster of its own; the LSN counts the commits. */
function positionAt(lsn: number, seconds: number): Uint8Array {
  return encodePosition({ systemId: "1", timeline: 1, lsn, seconds });
}

/** Threads inside this one: the real servers over message channels, a source and a listener that tests hold. */
export class FakeThreads {
  readonly source = new FakeSource();
  readonly disconnected: string[] = [];
  /** Who has a group inside this process. */
  readonly holders = new Map<string, { isOpen: boolean }>();
  readonly logs = openMemoryLogs({ retention: { bytesMax: 64 * 1024 * 1024, ageSecondsMax: 3600 } });
  backend: KafkaBackend | undefined;
  listenFailure: string | undefined;
  started: ThreadKind[] = [];
  #end = new Map<ThreadKind, (reason: string) => void>();

  readonly spawn: Spawn = (kind): Thread => {
    const { port1, port2 } = new MessageChannel();
    this.started.push(kind);
    if (kind === "capture") serveCaptures(port2, { captureOf: async (job) => this.source.capture(job) });
    else
      serveLogs(port2, {
        openLogs: async () => ({ ...this.#logs() }),
        startListener: (backend) => this.#listen(backend),
      });
    return {
      port: port1,
      onEnd: (listener) => void this.#end.set(kind, listener),
      async terminate() {
        port1.close();
      },
    };
  };

  /** The thread dies. */
  kill(kind: ThreadKind): void {
    this.#end.get(kind)?.("killed by the test");
  }

  /** The same logs for every log thread, which closes them when it ends. */
  #logs() {
    return {
      open: (name: string, firstOffset?: number) => this.logs.open(name, firstOffset),
      remove: (name: string) => this.logs.remove(name),
      list: () => this.logs.list(),
      size: () => this.logs.size(),
      close: async () => undefined,
    };
  }

  /** As the listener has it: one at a time. */
  #hold(groupId: string) {
    if (this.holders.has(groupId)) return undefined;
    const hold = {
      isOpen: true,
      read: () => undefined,
      release: () => {
        hold.isOpen = false;
        this.holders.delete(groupId);
      },
    };
    this.holders.set(groupId, hold);
    return hold;
  }

  async #listen(backend: KafkaBackend) {
    if (this.listenFailure !== undefined) throw new Error(this.listenFailure);
    this.backend = backend;
    return {
      host: "127.0.0.1",
      port: 4711,
      publicPort: undefined,
      forget: (groupId: string) => void this.disconnected.push(groupId),
      hold: (groupId: string) => this.#hold(groupId),
      close: async () => undefined,
    };
  }
}
