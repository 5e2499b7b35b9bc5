import { queryAvailableInstances as published } from "../../../contract/bss/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { Purchase } from "../../core/kit/ports.ts";

export const queryAvailableInstances = defineAction(published, (ctx, input) => {
  const ours = input.ProductCode === undefined || input.ProductCode === "ons";
  const found = (ours ? (ctx.ports.find("purchases")?.purchases() ?? []) : []).filter((one) => {
    if (input.InstanceIDs?.length && !input.InstanceIDs.includes(one.instanceId)) return false;
    if (input.Region !== undefined && one.region !== input.Region) return false;
    if (input.SubscriptionType !== undefined && one.paymentType !== input.SubscriptionType) return false;
    return input.RenewStatus === undefined || one.renewal.status === input.RenewStatus;
  });
  const from = (input.PageNum - 1) * input.PageSize;
  return {
    Data: {
      PageNum: input.PageNum,
      PageSize: input.PageSize,
      TotalCount: found.length,
      InstanceList: found
        .slice(from, from + input.PageSize)
        .map((one) => billed(one, Number(ctx.settings.accountId))),
    },
  };
});

function billed(one: Purchase, ownerId: number) {
  const { status, duration = 0, unit } = one.renewal;
  return {
    InstanceID: one.instanceId,
    ProductCode: "ons",
    Region: one.region,
    Status: one.status === "CREATING" ? "Creating" : "Normal",
    SubscriptionType: one.paymentType,
    OwnerId: Number.isSafeInteger(ownerId) ? ownerId : 0,
    CreateTime: timeText(one.createdAtMs),
    ...(one.expiresAtMs === undefined ? {} : { EndTime: timeText(one.expiresAtMs) }),
    RenewStatus: status,
    RenewalDuration: duration,
    ...(unit === undefined ? {} : { RenewalDurationUnit: unit }),
  };
}

function timeText(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}
