import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { groupActivity } from "../../core/kit/activity.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { brokerAddresses } from "../engine/brokers.ts";
import { dataRange } from "../engine/range.ts";
import { captureStanding } from "../engine/standing.ts";
import type { Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { utcText, utcTextOfSeconds } from "./time.ts";

/** What the detail of a job and its line in a list have in common; a checkpoint's type and a delay's unit are the caller's. */
export function jobFields(kernel: Kernel, job: Job) {
  const { configuration } = job;
  return {
    AppName: "new",
    CreateTime: utcText(job.createdAtMs),
    DbObject: configuration?.objects ?? "{}",
    DtsBisLabel: "normal",
    DtsInstanceID: job.instanceId,
    DtsJobClass: job.instanceClass,
    DtsJobId: job.jobId,
    DtsJobName: job.name,
    ...(job.errorMessage === undefined ? {} : { ErrorMessage: job.errorMessage }),
    ...(job.expiresAtMs === undefined ? {} : { ExpireTime: utcText(job.expiresAtMs) }),
    PayType: job.payType,
    Reserved: reservedText(job),
    ResourceGroupDisplayName: "default resource group",
    ResourceGroupId: job.resourceGroupId || DEFAULT_RESOURCE_GROUP_ID,
    Status: job.status,
    ...rangeFields(kernel, job),
  };
}

/** How far behind its source a capture is, in published units: `unitMs` is 1 in the detail of a job and 1000 in a list. */
export function delayField(kernel: Kernel, job: Job, unitMs: 1 | 1000): { Delay?: number } {
  const { delayMs } = captureStanding(kernel, job);
  return delayMs === undefined ? {} : { Delay: Math.floor(delayMs / unitMs) };
}

/** The data range and where consumption stands; times are left out while there are none. */
export function rangeFields(kernel: Kernel, job: Job) {
  const range = dataRange(kernel, job);
  return {
    ...(range && {
      BeginTimestamp: utcTextOfSeconds(range.beginSeconds),
      EndTimestamp: utcTextOfSeconds(range.endSeconds),
    }),
    ...(job.consumptionCheckpointSeconds === undefined
      ? {}
      : { ConsumptionCheckpoint: utcTextOfSeconds(job.consumptionCheckpointSeconds) }),
    ...clientField(kernel, job),
  };
}

/** `<address>:<client id>` of one connected client. */
function clientField(kernel: Kernel, job: Job): { ConsumptionClient?: string } {
  for (const group of dtsStore(kernel.store).groups(job.jobId)) {
    const client = groupActivity(kernel, "dts", group.groupId).clients[0];
    if (client) return { ConsumptionClient: `${client.address}:${client.clientId}` };
  }
  return {};
}

/** The start of tracking, or 0 while there is none. */
export function checkpointSeconds(kernel: Kernel, job: Job): number {
  return job.configuration?.startAtSeconds ?? dataRange(kernel, job)?.beginSeconds ?? 0;
}

export function sourceFields(job: Job) {
  const source = job.configuration?.source;
  return {
    DatabaseName: source?.databaseName ?? "",
    EngineName: source?.engineName ?? job.engineName,
    InstanceID: source?.instanceId ?? "",
    InstanceType: source?.instanceType ?? "",
    Ip: source?.host ?? "",
    OracleSID: source?.oracleSid ?? "",
    Port: source?.port ?? "",
    Region: source?.region ?? job.sourceRegion,
    SslSolutionEnum: "DISABLE",
    UserName: source?.userName ?? "",
  };
}

/** Where and what to read; empty texts before the job is configured. */
export function subscriptionFields(kernel: Kernel, job: Job) {
  const brokers = job.configuration && brokerAddresses(kernel, job);
  return {
    SubscribeTopic: job.configuration?.topic ?? "",
    hosts: {
      PrivateHost: brokers?.internal ?? "",
      PublicHost: brokers?.public ?? "",
      VpcHost: brokers?.vpc ?? "",
    },
  };
}

/** The caller's reserved parameters with the network's, which clients read there. Always JSON text. */
function reservedText(job: Job): string {
  const { configuration } = job;
  if (!configuration) return "{}";
  return JSON.stringify({
    ...(JSON.parse(configuration.reserved) as object),
    netType: configuration.networkType,
    vpcId: configuration.vpcId,
    vswitchId: configuration.vSwitchId,
  });
}
