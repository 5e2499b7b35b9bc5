import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { isNoAddress, LOCAL_ACCESS_KEY_ID, LOCAL_ACCESS_KEY_SECRET } from "../../contract/local.ts";
import { PRODUCTS } from "../../contract/products.ts";

const READY_MS_MAX = 30_000;
const POLL_MS = 100;
const CALL_MS_MAX = 5_000;

type Roa = (method: string, path: string, body?: object) => Promise<{ data: Record<string, unknown> }>;

/** Where clients of a RocketMQ instance connect, and as whom. */
export interface QueueAccess {
  /** `host:port` */
  readonly address: string;
  readonly login?: { readonly accessKey: string; readonly accessSecret: string };
}

export interface Queues extends QueueAccess {
  readonly instanceId: string;
}

/** Makes a RocketMQ 5.x instance by the API, with topics of plain messages and a group; resolves when it lets clients in. */
export async function makeQueues(
  endpoint: string,
  topics: readonly string[],
  group: string,
): Promise<Queues> {
  const roa = caller(endpoint);
  const { data } = await roa("POST", "/instances", {
    serviceCode: "rmq",
    seriesCode: "standard",
    subSeriesCode: "cluster_ha",
    paymentType: "PayAsYouGo",
    networkInfo: {
      vpcInfo: { vpcId: "vpc-1", vSwitches: [{ vSwitchId: "vsw-1" }] },
      internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
    },
    productInfo: { msgProcessSpec: "rmq.s2.2xlarge", messageRetentionTime: 70, sendReceiveRatio: 0.5 },
  });
  const instanceId = String(data);
  const path = `/instances/${instanceId}`;
  await until(async () => (await roa("GET", path)).data.status === "RUNNING");
  for (const topic of topics) await roa("POST", `${path}/topics/${topic}`, { messageType: "NORMAL" });
  await roa("POST", `${path}/consumerGroups/${group}`, {
    consumeRetryPolicy: { retryPolicy: "DefaultRetryPolicy", maxRetryTimes: 16 },
  });
  let address = "";
  await until(async () => {
    const { networkInfo } = (await roa("GET", path)).data as {
      networkInfo: { endpoints: { endpointUrl: string }[] };
    };
    address = networkInfo.endpoints[0]?.endpointUrl ?? "";
    return address !== "" && !isNoAddress(address);
  });
  const account = (await roa("GET", `${path}/account`)).data as { username: string; password: string };
  return {
    instanceId,
    address,
    login: { accessKey: account.username, accessSecret: account.password },
  };
}

function caller(endpoint: string): Roa {
  // CommonJS that comes without usable types.
  const { ROAClient } = createRequire(import.meta.url)("@alicloud/pop-core");
  const client = new ROAClient({
    accessKeyId: LOCAL_ACCESS_KEY_ID,
    accessKeySecret: LOCAL_ACCESS_KEY_SECRET,
    endpoint,
    apiVersion: PRODUCTS.rocketmq.version,
  });
  return async (method, path, body) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const answer = await client.request(method, path, {}, text, {}, { timeout: CALL_MS_MAX });
    return typeof answer === "string" ? JSON.parse(answer) : answer;
  };
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + READY_MS_MAX;
  while (!(await isThere())) {
    if (performance.now() > deadline) {
      throw new Error(`the RocketMQ instance is not ready within ${READY_MS_MAX / 1000} s`);
    }
    await sleep(POLL_MS);
  }
}
