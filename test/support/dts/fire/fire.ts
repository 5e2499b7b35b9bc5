import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, callerOf } from "../../../service/dts/support/clients.ts";
import { detailOf, startedInstance } from "../../../service/dts/support/service.ts";
import type { TestService } from "../../service.ts";
import { makeGroup } from "../tracked.ts";
import type { ReaderOrder } from "./reader.ts";
import { ReaderProcess } from "./reader-process.ts";
import type { FireSource, Pick } from "./source.ts";
import { Witness } from "./witness.ts";

/** For a state; and to read on: how long reading may stand still. */
const WAIT_MS_MAX = 60_000;
/** For all that has to be read, on a machine that is busy with other work. */
const READ_MS_MAX = 600_000;
const POLL_MS = 25;
const LOG_CHARS_MAX = 6_000;
/** How long what was killed stays away. */
const AWAY_MS_MAX = 400;
export const EVENTS = ["service", "connection", "database", "reader", "suspension", "both"] as const;
export type Event = (typeof EVENTS)[number];

interface Killable {
  kill9(): Promise<void>;
  restart(): Promise<void>;
}

/** A source, the service over it and a reader behind it, and what can happen to them. */
export class Fire {
  readonly source: FireSource;
  readonly service: TestService;
  readonly call: Caller;
  readonly pick: Pick;
  readonly folder: string;
  readonly events: Partial<Record<Event, number>> = {};
  instanceId = "";
  reader: ReaderProcess | undefined;
  witness: Witness;

  constructor(source: FireSource, service: TestService, folder: string, pick: Pick) {
    this.source = source;
    this.service = service;
    this.folder = folder;
    this.pick = pick;
    this.call = callerOf("openapi-client V3", service.url);
    this.witness = new Witness({ textOf: source.textOf, audit: source.workload.audit });
  }

  status(): Promise<string> {
    return detailOf(this.call, this.instanceId).then(({ Status }) => String(Status));
  }

  async begin(): Promise<void> {
    const { endpoint, objects } = this.source;
    const local = { SourceEndpointInstanceType: "LocalInstance", SourceEndpointIP: "127.0.0.1" };
    const started = await startedInstance(
      this.call,
      { DtsJobName: "fire", DbList: objects },
      { ...local, ...endpoint },
    );
    this.instanceId = started.instanceId;
    await this.until("the job is Normal", async () => (await this.status()) === "Normal");
    const { account, ...group } = await makeGroup(this.call, this.instanceId, "billing");
    const order: ReaderOrder = {
      ...group,
      username: `${account}-${group.groupId}`,
      file: join(this.folder, "read.txt"),
      trace: join(this.folder, "trace.txt"),
    };
    this.reader = new ReaderProcess(join(import.meta.dirname, "reader.ts"), order);
    this.reader.start();
  }

  /** Judges what was read since the last time. */
  look(): void {
    for (const line of this.reader?.lines() ?? []) this.witness.take(line);
  }

  async until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
    const untilMs = Date.now() + WAIT_MS_MAX;
    for (;;) {
      this.look();
      if (await done()) return;
      if (Date.now() > untilMs) throw await this.#stuck(`not within ${WAIT_MS_MAX} ms: ${what}`);
      await sleep(POLL_MS);
    }
  }

  /**
   * Until something was read, however much is before it: a workload may be ahead of its reader by more than a busy machine
   * reads in a minute. Heartbeats are no progress, nor is what was read before.
   */
  async untilRead(what: string, done: () => boolean): Promise<void> {
    const beganAtMs = Date.now();
    let movedAtMs = beganAtMs;
    let { transactions } = this.witness.replica;
    for (;;) {
      this.look();
      if (done()) return;
      const nowMs = Date.now();
      if (this.witness.replica.transactions > transactions) movedAtMs = nowMs;
      transactions = this.witness.replica.transactions;
      if (nowMs - movedAtMs > WAIT_MS_MAX)
        throw await this.#stuck(`nothing was read within ${WAIT_MS_MAX} ms: ${what}`);
      if (nowMs - beganAtMs > READ_MS_MAX)
        throw await this.#stuck(`not within ${READ_MS_MAX} ms, though more was read: ${what}`);
      await sleep(POLL_MS);
    }
  }

  /** With how each part is: the job, the log and who reads it, the source, the reader and the service's own words. */
  async #stuck(what: string): Promise<Error> {
    const told = async (answer: Promise<unknown>) => JSON.stringify(await answer.catch(String));
    const { records, returns, replica } = this.witness;
    const state = [
      await told(detailOf(this.call, this.instanceId)),
      await told(this.service.admin("GET", "status").then(({ rooms }) => rooms)),
      await told(this.source.readers()),
      `${records} records, ${replica.transactions} transactions, ${returns} returns`,
      this.reader?.lastWords(),
      this.service.logs().slice(-LOG_CHARS_MAX),
    ];
    return new Error(`${what}.\n${state.join("\n")}`);
  }

  async happen(event: Event): Promise<void> {
    this.events[event] = (this.events[event] ?? 0) + 1;
    if (event === "service") await this.#restart(this.service);
    else if (event === "database") await this.#restart(this.source);
    else if (event === "both") await Promise.all([this.#restart(this.service), this.#restart(this.source)]);
    else if (event === "connection") await this.source.cutReplication();
    else if (event === "reader") await this.reader?.kill9();
    else await this.#suspend();
  }

  async #restart(one: Killable): Promise<void> {
    const awayMs = this.pick(AWAY_MS_MAX);
    await one.kill9();
    await sleep(awayMs);
    await one.restart();
  }

  /** What is suspended is Abnormal, as published, and does not come back by itself. */
  async #suspend(): Promise<void> {
    const DtsInstanceId = this.instanceId;
    const isIn = (wanted: string) =>
      this.until(`the job is ${wanted}`, async () => (await this.status()) === wanted);
    await this.call("SuspendDtsJob", { DtsInstanceId });
    await isIn("Abnormal");
    await sleep(this.pick(AWAY_MS_MAX));
    await this.call("StartDtsJob", { DtsInstanceId });
    await isIn("Normal");
  }
}
