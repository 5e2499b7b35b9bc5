import type { Kernel } from "../../../../service/core/kit/kernel.ts";
import { dtsRoom } from "../../../../service/dts/index.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { type Caller, callerOf } from "./clients.ts";
import { until } from "./wait.ts";

export interface DtsService {
  readonly service: TestService;
  readonly kernel: Kernel;
  readonly call: Caller;
  stop(): Promise<void>;
}

/** The real server with this room alone, in this process; waits take no time. */
export async function startDts(options: Omit<StartOptions, "rooms" | "asProcess"> = {}): Promise<DtsService> {
  const service = await startService({ ...options, rooms: [dtsRoom] });
  return {
    service,
    get kernel() {
      if (!service.running) throw new Error("the service runs in this process");
      return service.running.kernel;
    },
    call: callerOf("openapi-client V3", service.url),
    stop: () => service.stop(),
  };
}

export const OBJECTS = '{"shop":{"name":"shop","all":true}}';
export const PASSWORD = "Pass-word-9";

/** A declared source: nothing is connected to. */
export const declaredSource = {
  SourceEndpointEngineName: "MySQL",
  SourceEndpointInstanceType: "RDS",
  SourceEndpointInstanceID: "rm-bp1",
  SourceEndpointDatabaseName: "shop",
  SourceEndpointUserName: "reader",
  SourceEndpointPassword: "source-Secret-1",
};

/** Buys, configures and starts an instance. */
export async function startedInstance(
  call: Caller,
  more: Record<string, unknown> = {},
  source: Readonly<Record<string, string>> = declaredSource,
) {
  const { InstanceId, JobId } = await call("CreateDtsInstance", {
    RegionId: "cn-hangzhou",
    Type: "SUBSCRIBE",
    PayType: "PostPaid",
    SourceEndpointEngineName: source.SourceEndpointEngineName,
    SourceRegion: "cn-hangzhou",
  });
  const instanceId = String(InstanceId);
  await call("ConfigureSubscription", {
    RegionId: "cn-hangzhou",
    DtsInstanceId: instanceId,
    DtsJobName: "orders",
    DbList: OBJECTS,
    SubscriptionInstanceNetworkType: "classic",
    ...source,
    ...more,
  });
  await call("StartDtsJob", { DtsInstanceId: instanceId });
  return { instanceId, jobId: String(JobId) };
}

/** The same, and waits until it is Normal. */
export async function runningInstance(...order: Parameters<typeof startedInstance>) {
  const [call] = order;
  const started = await startedInstance(...order);
  await until(
    () => detailOf(call, started.instanceId),
    (detail) => detail.Status === "Normal",
  );
  return started;
}

export const detailOf = (call: Caller, instanceId: string) =>
  call("DescribeDtsJobDetail", { DtsInstanceID: instanceId });

/** A group that breaks no rule, with what is given changed. */
export const groupOf = (instanceId: string, more: Record<string, unknown> = {}) => ({
  RegionId: "cn-hangzhou",
  DtsInstanceId: instanceId,
  ConsumerGroupName: "billing",
  ConsumerGroupUserName: "billing_1",
  ConsumerGroupPassword: PASSWORD,
  ...more,
});

/** The ids of an instance's groups. */
export async function groupIds(call: Caller, instanceId: string): Promise<string[]> {
  const answer = await call("DescribeConsumerChannel", { DtsInstanceId: instanceId, PageSize: 100 });
  return (answer.ConsumerChannels as { ConsumerGroupId: string }[]).map((group) => group.ConsumerGroupId);
}
