import { call, untilNormal } from "../requests/prepare.ts";
import type { BenchSource } from "./source.ts";

const PASSWORD = "Bench-group-1";
const ACCOUNT = "bench_1";
const BROKER_MS_MAX = 10_000;

/** An instance that captures a source, and a group that may read it. */
export interface Captured {
  readonly instanceId: string;
  readonly reader: ReaderAccess;
}

export interface ReaderAccess {
  readonly broker: string;
  readonly topic: string;
  readonly groupId: string;
  readonly user: string;
  readonly password: string;
}

/** Makes them by the API, as a user does; resolves when rows are captured. */
export async function captureBy(endpoint: string, source: BenchSource): Promise<Captured> {
  const made = await call(endpoint, "CreateDtsInstance", {
    Type: "SUBSCRIBE",
    PayType: "PostPaid",
    SourceRegion: "cn-hangzhou",
    SourceEndpointEngineName: "PostgreSQL",
  });
  const job = { DtsInstanceId: String(made.InstanceId), DtsJobId: String(made.JobId) };
  await call(endpoint, "ConfigureSubscription", {
    ...job,
    DtsJobName: "bench",
    DbList: JSON.stringify({ [source.database]: { name: source.database, all: true } }),
    SourceEndpointInstanceType: "LocalInstance",
    SourceEndpointIP: "127.0.0.1",
    SourceEndpointPort: String(source.server.port),
    SourceEndpointEngineName: "PostgreSQL",
    SourceEndpointDatabaseName: source.database,
    SourceEndpointUserName: source.user,
    SourceEndpointPassword: source.server.password,
    SubscriptionDataTypeDML: "true",
    SubscriptionDataTypeDDL: "false",
    SubscriptionInstanceNetworkType: "classic",
  });
  await call(endpoint, "StartDtsJob", job);
  await untilNormal(endpoint, job.DtsJobId);
  const { ConsumerGroupID } = await call(endpoint, "CreateConsumerChannel", {
    ...job,
    ConsumerGroupName: "bench",
    ConsumerGroupUserName: ACCOUNT,
    ConsumerGroupPassword: PASSWORD,
  });
  const groupId = String(ConsumerGroupID);
  const { broker, topic } = await whereToRead(endpoint, job);
  const reader = { broker, topic, groupId, user: `${ACCOUNT}-${groupId}`, password: PASSWORD };
  return { instanceId: job.DtsInstanceId, reader };
}

async function whereToRead(endpoint: string, job: Record<string, string>) {
  const deadline = performance.now() + BROKER_MS_MAX;
  while (performance.now() < deadline) {
    const detail = await call(endpoint, "DescribeDtsJobDetail", job);
    const { PublicHost } = detail.SubscriptionHost as { PublicHost: string };
    if (!PublicHost.includes("invalid")) return { broker: PublicHost, topic: String(detail.SubscribeTopic) };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the service gives no address for Kafka clients");
}
