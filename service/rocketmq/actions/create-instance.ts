import { createInstance as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createInstance as create } from "../engine/instances.ts";

export const createInstance = defineAction(published, (ctx, input) => {
  const prepaid = input.paymentType === "Subscription";
  const renews = prepaid && input.autoRenew;
  const order = {
    region: ctx.region,
    name: input.instanceName,
    remark: input.remark ?? "",
    serviceCode: input.serviceCode,
    seriesCode: input.seriesCode,
    subSeriesCode: input.subSeriesCode,
    commodityCode: input.commodityCode,
    paymentType: input.paymentType,
    months: (input.period ?? 1) * (input.periodUnit === "Year" ? 12 : 1),
    renewal: renews
      ? { status: "AutoRenewal" as const, duration: input.autoRenewPeriod || 1, unit: "M" as const }
      : { status: "ManualRenewal" as const },
    resourceGroupId: input.resourceGroupId,
    network: input.networkInfo,
    product: input.productInfo ?? {},
    defaultVpcAuthFree: input.aclInfo?.defaultVpcAuthFree ?? true,
    tags: (input.tags ?? []).map(({ key, value }) => ({ key, value: value ?? "" })),
  };
  return { data: create(ctx, order, input.clientToken) };
});
