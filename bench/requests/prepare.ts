import { LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { PRODUCTS } from "../../contract/products.ts";
import { signedQueryV1 } from "./sign.ts";

const START_MS_MAX = 20_000;
const POLL_MS = 100;

/** How calls name an instance. */
export interface Instance {
  readonly DtsInstanceId: string;
  readonly DtsJobId: string;
}

/** Makes and starts an instance with `groups` consumer groups over a source that is only declared; gives its id. */
export async function makeInstanceWithGroups(endpoint: string, groups: number): Promise<string> {
  const instance = await makeInstance(endpoint, {
    DbList: JSON.stringify({ shop: { name: "shop", all: true } }),
    SourceEndpointInstanceType: "RDS",
    SourceEndpointInstanceID: "pgm-bench",
    SourceEndpointDatabaseName: "shop",
    SourceEndpointRegion: "cn-hangzhou",
    SourceEndpointUserName: "bench",
    SourceEndpointPassword: "Bench-source-1",
    SubscriptionDataTypeDDL: "true",
  });
  for (let index = 0; index < groups; index++) {
    await makeGroup(endpoint, instance, {
      name: `bench-${index}`,
      account: `bench_${index}`,
      password: "Bench-group-1",
    });
  }
  return instance.DtsInstanceId;
}

/** Makes an instance over PostgreSQL and starts it; resolves when it is Normal. */
export async function makeInstance(endpoint: string, source: Record<string, string>): Promise<Instance> {
  const made = await call(endpoint, "CreateDtsInstance", {
    Type: "SUBSCRIBE",
    PayType: "PostPaid",
    SourceRegion: "cn-hangzhou",
    SourceEndpointEngineName: "PostgreSQL",
  });
  const instance = { DtsInstanceId: String(made.InstanceId), DtsJobId: String(made.JobId) };
  await call(endpoint, "ConfigureSubscription", {
    ...instance,
    DtsJobName: "bench",
    SourceEndpointEngineName: "PostgreSQL",
    SubscriptionDataTypeDML: "true",
    SubscriptionInstanceNetworkType: "classic",
    ...source,
  });
  await call(endpoint, "StartDtsJob", { ...instance });
  await untilNormal(endpoint, instance.DtsJobId);
  return instance;
}

/** Gives the group's id. */
export async function makeGroup(
  endpoint: string,
  instance: Instance,
  group: { name: string; account: string; password: string },
): Promise<string> {
  const { ConsumerGroupID } = await call(endpoint, "CreateConsumerChannel", {
    ...instance,
    ConsumerGroupName: group.name,
    ConsumerGroupUserName: group.account,
    ConsumerGroupPassword: group.password,
  });
  return String(ConsumerGroupID);
}

async function untilNormal(endpoint: string, jobId: string): Promise<void> {
  const deadline = performance.now() + START_MS_MAX;
  let status: unknown;
  while (performance.now() < deadline) {
    status = (await call(endpoint, "DescribeDtsJobDetail", { DtsJobId: jobId })).Status;
    if (status === "Normal") return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  throw new Error(`the instance is not Normal after ${START_MS_MAX} ms but ${status}`);
}

/** A signed call, of change tracking unless another product's version is given; rejects with the answer where it is an error. */
export async function call(
  endpoint: string,
  action: string,
  parameters: Record<string, string>,
  version: string = PRODUCTS.dts.version,
): Promise<Record<string, unknown>> {
  const query = signedQueryV1({
    action,
    version,
    parameters: { ...parameters, RegionId: "cn-hangzhou" },
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    secret: LOCAL_ACCESS_KEY_SECRET,
  });
  const answer = await fetch(`${endpoint}/?${query}`, { signal: AbortSignal.timeout(5_000) });
  const body = await answer.text();
  const parsed = answer.ok ? (JSON.parse(body) as Record<string, unknown>) : undefined;
  // Some products say in the body alone that they have refused.
  if (!parsed || parsed.Success === false) throw new Error(`${action} answered ${answer.status}: ${body}`);
  return parsed;
}
