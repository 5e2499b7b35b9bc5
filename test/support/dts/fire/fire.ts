import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Caller, callerOf } from "../../../service/dts/support/clients.ts";
import { detailOf, groupOf, PASSWORD, startedInstance } from "../../../service/dts/support/service.ts";
import type { TestService } from "../../service.ts";
import { ReaderProcess } from "./reader-process.ts";
import type { FireSource, Pick } from "./source.ts";
import { Witness } from "./witness.ts";

const WAIT_MS_MAX = 60_000;
const POLL_MS = 25;
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
    const { ConsumerGroupID } = await this.call("CreateConsumerChannel", groupOf(this.instanceId));
    const { SubscribeTopic, SubscriptionHost } = await detailOf(this.call, this.instanceId);
    this.reader = new ReaderProcess({
      broker: (SubscriptionHost as { PublicHost: string }).PublicHost,
      topic: String(SubscribeTopic),
      groupId: String(ConsumerGroupID),
      username: `billing_1-${ConsumerGroupID}`,
      password: PASSWORD,
      file: join(this.folder, "read.txt"),
    });
    this.reader.start();
  }

  /** Judges what was read since the last time. */
  look(): void {
    for (const line of this.reader?.lines() ?? []) this.witness.take(line);
  }

  async until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + WAIT_MS_MAX;
    for (;;) {
      this.look();
      if (await done()) return;
      if (Date.now() > deadline)
        throw new Error(`not within ${WAIT_MS_MAX} ms: ${what}. ${await this.#state()}`);
      await sleep(POLL_MS);
    }
  }

  async #state(): Promise<string> {
    const detail = await detailOf(this.call, this.instanceId).catch((error) => ({ error: String(error) }));
    const said = this.reader?.said.slice(-2_000);
    return `${JSON.stringify(detail)}\n${this.witness.records} records\n${said}\n${this.service.logs().slice(-6_000)}`;
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
