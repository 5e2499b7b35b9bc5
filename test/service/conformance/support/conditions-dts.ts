import { declaredSource, OBJECTS } from "../../dts/support/service.ts";
import type { Condition, Params } from "./conditions.ts";

/** What the pages of Data Transmission Service say; `DtsInstanceId` is bought and not configured yet. */
export function dtsConditions(DtsInstanceId: string): readonly Condition[] {
  const DtsJobId = DtsInstanceId.slice(3);
  const row =
    (action: string, base: Params) =>
    (refused: Params, code: string, accepted: Params | null = {}): Condition => ({
      action,
      base,
      refused,
      code,
      ...(accepted === null ? {} : { accepted }),
    });
  const configure = row("ConfigureSubscription", {
    DtsInstanceId,
    DtsJobName: "orders",
    DbList: OBJECTS,
    SubscriptionInstanceNetworkType: "vpc",
    SubscriptionInstanceVPCId: "vpc-1",
    SubscriptionInstanceVSwitchId: "vsw-1",
    ...declaredSource,
  });
  const older = row("ConfigureSubscriptionInstance", {
    SubscriptionInstanceId: DtsInstanceId,
    SubscriptionObject: '[{"DBName":"shop"}]',
    SubscriptionInstanceNetworkType: "vpc",
    SourceEndpoint: { InstanceType: "RDS", InstanceID: "rm-1" },
  });
  const rule = row("CreateJobMonitorRule", { DtsJobId });
  const buy = row("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  const buyOlder = row("CreateSubscriptionInstance", { Region: "cn-hangzhou", PayType: "Postpaid" });
  const phones = (count: number) => Array.from({ length: count }, (_, i) => `1380000000${i}`).join(",");
  const network = (VPCId: string | undefined, VSwitchId: string | undefined) => ({
    SubscriptionInstance: { VPCId, VSwitchId },
  });
  return [
    configure({ SubscriptionInstanceNetworkType: "wlan" }, "InvalidSubscriptionInstanceNetworkType"),
    configure({ SubscriptionInstanceVPCId: undefined }, "MissingSubscriptionInstanceVPCId"),
    configure({ SubscriptionInstanceVSwitchId: undefined }, "MissingSubscriptionInstanceVSwitchId", {
      SubscriptionInstanceNetworkType: "classic",
      SubscriptionInstanceVPCId: undefined,
      SubscriptionInstanceVSwitchId: undefined,
    }),
    configure({ DelayNotice: true }, "MissingDelayRuleTime", { DelayNotice: true, DelayRuleTime: 10 }),
    configure({ DelayPhone: phones(11) }, "InvalidDelayPhone", { DelayPhone: phones(10) }),
    configure({ ErrorPhone: phones(11) }, "InvalidErrorPhone", { ErrorPhone: phones(10) }),
    configure({ DtsBisLabel: "test" }, "InvalidDtsBisLabel", { DtsBisLabel: "online" }),
    configure({ SourceEndpointInstanceType: "Moon" }, "InvalidSourceEndpointInstanceType"),
    older({}, "MissingSubscriptionInstance.VPCId", network("vpc-1", "vsw-1")),
    older(network("vpc-1", undefined), "MissingSubscriptionInstance.VSwitchId", {
      SubscriptionInstanceNetworkType: undefined,
    }),
    rule({ Type: "delay" }, "MissingDelayRuleTime", { Type: "delay", DelayRuleTime: 10 }),
    rule({ Type: "full_timeout" }, "MissingDelayRuleTime", { Type: "full_timeout", State: "N" }),
    rule({ Type: "noise" }, "InvalidType", { Type: "error" }),
    rule({ State: "X" }, "InvalidState", { State: "N" }),
    rule({ Period: 2 }, "InvalidPeriod", { Period: 30 }),
    rule({ Phone: phones(11) }, "InvalidPhone", { Phone: phones(10) }),
    buy({ PayType: "PrePaid", Period: "Month" }, "MissingUsedTime", {
      PayType: "PrePaid",
      Period: "Month",
      UsedTime: 9,
    }),
    buy({ PayType: "PrePaid", Period: "Year", UsedTime: 4 }, "InvalidUsedTime", {
      PayType: "PrePaid",
      Period: "Year",
      UsedTime: 5,
    }),
    buy({ FeeType: "NONE" }, "InvalidFeeType", { FeeType: "ONLY_CONFIGURATION_FEE" }),
    buy({ SyncArchitecture: "circle" }, "InvalidSyncArchitecture", { SyncArchitecture: "oneway" }),
    buy({ Du: 101 }, "InvalidDu", { Du: 100 }),
    buy({ ComputeUnit: 1 }, "InvalidComputeUnit", { ComputeUnit: 2 }),
    buy({ Quantity: 2 }, "InvalidQuantity", { Quantity: 1 }),
    buy({ DestinationEndpointEngineName: "Floppy" }, "InvalidDestinationEndpointEngineName", {
      DestinationEndpointEngineName: "ADB30",
    }),
    buyOlder({ SourceEndpoint: { InstanceType: "PostgreSQL" } }, "InvalidSourceEndpoint.InstanceType", {
      SourceEndpoint: { InstanceType: "Oracle" },
    }),
    buyOlder({ ClientToken: "t".repeat(65) }, "InvalidClientToken", { ClientToken: "t".repeat(64) }),
    row("TransferPayType", { DtsJobId, ChargeType: "PrePaid" })({}, "MissingBuyCount", { BuyCount: 60 }),
    row("TransferPayType", { DtsJobId, ChargeType: "PrePaid", Period: "Year" })(
      { BuyCount: 6 },
      "InvalidBuyCount",
      { BuyCount: 5 },
    ),
    ...["StartDtsJob", "StopDtsJob", "SuspendDtsJob", "ResetDtsJob", "DeleteDtsJob"].map((action) =>
      row(action, { DtsInstanceId })(
        { SynchronizationDirection: "Reverse" },
        "InvalidSynchronizationDirection",
        null,
      ),
    ),
    row("DeleteDtsJob", { DtsInstanceId })({ JobType: "COPY" }, "InvalidJobType", null),
  ];
}
