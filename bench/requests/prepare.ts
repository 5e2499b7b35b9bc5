import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { PRODUCTS } from "../../contract/products.ts";
import { signedQueryV1 } from "./sign.ts";

const START_MS_MAX = 20_000;
const POLL_MS = 100;

/** Makes and starts an instance with `groups` consumer groups; gives its id. */
export async function makeInstanceWithGroups(endpoint: string, groups: number): Promise<string> {
  const made = await call(endpoint, "CreateDtsInstance", {
    Type: "SUBSCRIBE",
    PayType: "PostPaid",
    SourceRegion: "cn-hangzhou",
    SourceEndpointEngineName: "PostgreSQL",
  });
  const instanceId = String(made.InstanceId);
  const jobId = String(made.JobId);
  await call(endpoint, "ConfigureSubscription", {
    DtsInstanceId: instanceId,
    DtsJobId: jobId,
    DtsJobName: "bench",
    DbList: JSON.stringify({ shop: { name: "shop", all: true } }),
    SourceEndpointInstanceType: "RDS",
    SourceEndpointInstanceID: "pgm-bench",
    SourceEndpointEngineName: "PostgreSQL",
    SourceEndpointDatabaseName: "shop",
    SourceEndpointRegion: "cn-hangzhou",
    SourceEndpointUserName: "bench",
    SourceEndpointPassword: "Bench-source-1",
    SubscriptionDataTypeDML: "true",
    SubscriptionDataTypeDDL: "true",
    SubscriptionInstanceNetworkType: "classic",
  });
  await call(endpoint, "StartDtsJob", { DtsInstanceId: instanceId, DtsJobId: jobId });
  await untilNormal(endpoint, jobId);
  for (let index = 0; index < groups; index++) {
    await call(endpoint, "CreateConsumerChannel", {
      DtsInstanceId: instanceId,
      DtsJobId: jobId,
      ConsumerGroupName: `bench-${index}`,
      ConsumerGroupUserName: `bench_${index}`,
      ConsumerGroupPassword: "Bench-group-1",
    });
  }
  return instanceId;
}

export async function untilNormal(endpoint: string, jobId: string): Promise<void> {
  const deadline = performance.now() + START_MS_MAX;
  let status: unknown;
  while (performance.now() < deadline) {
    status = (await call(endpoint, "DescribeDtsJobDetail", { DtsJobId: jobId })).Status;
    if (status === "Normal") return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the instance is not Normal after ${START_MS_MAX} ms but ${status}`);
}

/** A signed call; rejects with the answer where it is an error. */
export async function call(
  endpoint: string,
  action: string,
  parameters: Record<string, string>,
): Promise<Record<string, unknown>> {
  const query = signedQueryV1({
    action,
    version: PRODUCTS.dts.version,
    parameters: { ...parameters, RegionId: "cn-hangzhou" },
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    secret: LOCAL_ACCESS_KEY_SECRET,
  });
  const answer = await fetch(`${endpoint}/?${query}`, { signal: AbortSignal.timeout(5_000) });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${action} answered ${answer.status}: ${body}`);
  return JSON.parse(body) as Record<string, unknown>;
}
