import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { describeDtsJobDetail } from "../../../contract/dts/job-reads.ts";
import { DTS_ERRORS } from "../../../contract/errors/index.ts";
import { type PayType, payTypeOf } from "../../../contract/limits/payment.ts";
import { fromDbList, type TrackedObjects } from "../api/db-list.ts";
import type { DtsApi } from "../api/dts.ts";
import { hasCode } from "../api/errors.ts";
import { usableAddress } from "./address.ts";

type JobDetail = AnswerFieldsOf<typeof describeDtsJobDetail>;

/** An instance with its task, as the service describes them. */
export interface ObservedInstance {
  readonly instanceId: string;
  readonly jobId: string;
  readonly name: string;
  readonly status: string;
  readonly payType: PayType | undefined;
  readonly topic: string;
  /** Where a client connects; empty where the service says that there is nothing to connect to. */
  readonly brokers: { readonly public: string; readonly vpc: string; readonly internal: string };
  /** What the API wants back as the address of the brokers, in its own words. */
  readonly brokerUrl: string;
  readonly dataRange: { readonly begin: string; readonly end: string };
  /** Undefined while nothing is configured, or when the answer cannot be read. */
  readonly objects: TrackedObjects | undefined;
  readonly dataTypes: { readonly dml: boolean; readonly ddl: boolean };
  /** Undefined when the instance has none, or does not tell. */
  readonly network: { readonly vpcId: string; readonly vSwitchId: string } | undefined;
  readonly source: NonNullable<JobDetail["SourceEndpoint"]>;
  readonly errorMessage: string;
}

/** Undefined when there is no such instance any more. */
export async function observeInstance(
  api: DtsApi,
  instanceId: string,
): Promise<ObservedInstance | undefined> {
  try {
    return observed(instanceId, await api.jobDetail({ DtsInstanceID: instanceId }));
  } catch (error) {
    if (isInstanceGone(error)) return undefined;
    throw error;
  }
}

export function isInstanceGone(error: unknown): boolean {
  return hasCode(error, DTS_ERRORS.InstanceNotFound.code, DTS_ERRORS.InvalidJobId.code);
}

function observed(instanceId: string, detail: JobDetail): ObservedInstance {
  const { SubscriptionHost: host, SubscriptionDataType: types } = detail;
  return {
    instanceId: detail.DtsInstanceID ?? instanceId,
    jobId: detail.DtsJobId ?? instanceId.replace(/^dts/, ""),
    name: detail.DtsJobName ?? "",
    status: detail.Status ?? "",
    payType: payTypeOf(detail.PayType ?? ""),
    topic: detail.SubscribeTopic ?? "",
    brokers: {
      public: usableAddress(host?.PublicHost),
      vpc: usableAddress(host?.VpcHost),
      internal: usableAddress(host?.PrivateHost),
    },
    brokerUrl: host?.VpcHost || host?.PrivateHost || host?.PublicHost || "",
    dataRange: { begin: detail.BeginTimestamp ?? "", end: detail.EndTimestamp ?? "" },
    objects: fromDbList(detail.DbObject ?? ""),
    dataTypes: { dml: types?.Dml ?? true, ddl: types?.Ddl ?? true },
    network: networkOf(detail.Reserved),
    source: detail.SourceEndpoint ?? {},
    errorMessage: detail.ErrorMessage ?? "",
  };
}

/** The reserved parameters are JSON text and hold the network among others. */
function networkOf(reserved: string | undefined): ObservedInstance["network"] {
  try {
    const { vpcId, vswitchId } = JSON.parse(reserved ?? "{}") as { vpcId?: unknown; vswitchId?: unknown };
    const isGiven =
      typeof vpcId === "string" && typeof vswitchId === "string" && vpcId !== "" && vswitchId !== "";
    return isGiven ? { vpcId, vSwitchId: vswitchId } : undefined;
  } catch {
    return undefined;
  }
}
