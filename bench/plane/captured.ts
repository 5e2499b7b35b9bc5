import { join } from "node:path";
import { type RunningService, startService } from "../harness/service.ts";
import { call, type Instance, makeGroup, makeInstance } from "../requests/prepare.ts";
import { BenchSource } from "./source.ts";

export const PASSWORD = "Bench-group-1";
const ACCOUNT = "bench_1";
const BROKER_MS_MAX = 10_000;

/** A source, the service with an instance that captures it, and a group that may read it. */
export interface Captured {
  readonly source: BenchSource;
  readonly service: RunningService;
  readonly instanceId: string;
  readonly instance: Instance;
  readonly reader: ReaderAccess;
}

export interface ReaderAccess {
  readonly broker: string;
  readonly topic: string;
  readonly groupId: string;
  readonly user: string;
  readonly password: string;
}

/** Does the work once rows are captured; instance and group are made by the API, as a user does. All ends with the work. */
export async function withCapture<Result>(
  workDir: string,
  work: (captured: Captured) => Promise<Result>,
  { textBytes, args = [] }: { textBytes?: number; args?: readonly string[] } = {},
): Promise<Result> {
  const source = await BenchSource.start(workDir, textBytes);
  try {
    const own = ["--data", join(workDir, "data"), "--kafka-port", "0"];
    const service = await startService({ args: [...own, ...args] });
    try {
      return await work(await capture(source, service));
    } finally {
      await service.stop();
    }
  } finally {
    await source.stop();
  }
}

async function capture(source: BenchSource, service: RunningService): Promise<Captured> {
  const { endpoint } = service;
  const instance = await makeInstance(endpoint, {
    DbList: JSON.stringify({ [source.database]: { name: source.database, all: true } }),
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: String(source.server.port),
    SourceEndpointDatabaseName: source.database,
    SourceEndpointUserName: source.user,
    SourceEndpointPassword: source.server.password,
    SubscriptionDataTypeDDL: "false",
  });
  const group = { name: "bench", account: ACCOUNT, password: PASSWORD };
  const groupId = await makeGroup(endpoint, instance, group);
  const place = await whereToRead(endpoint, instance);
  const reader = { ...place, groupId, user: `${ACCOUNT}-${groupId}`, password: PASSWORD };
  return { source, service, instanceId: instance.DtsInstanceId, instance, reader };
}

async function whereToRead(endpoint: string, instance: Instance) {
  const deadline = performance.now() + BROKER_MS_MAX;
  while (performance.now() < deadline) {
    const detail = await call(endpoint, "DescribeDtsJobDetail", { ...instance });
    const { PublicHost } = detail.SubscriptionHost as { PublicHost: string };
    if (!PublicHost.includes("invalid")) return { broker: PublicHost, topic: String(detail.SubscribeTopic) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the service gives no address for Kafka clients");
}
