import { createSubscriptionInstance as published } from "../../../contract/dts/subscriptions.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addPeriod } from "../../core/kit/add-period.ts";
import { createJob } from "../engine/jobs.ts";
import { checkTerm } from "../engine/payment.ts";
import { oncePerToken } from "../engine/token.ts";

export const createSubscriptionInstance = defineAction(published, (ctx, input) => {
  const prepaid = input.PayType === "PrePaid";
  const term = { unit: input.Period ?? "Month", count: input.UsedTime ?? 1 };
  if (prepaid) checkTerm(term, "UsedTime");
  const { ClientToken: token, ...request } = input;
  const buy = () =>
    createJob(ctx, {
      region: input.Region,
      status: "NotStarted",
      payType: input.PayType,
      expiresAtMs: prepaid ? addPeriod(ctx.clock.now(), term.unit, term.count) : undefined,
      instanceClass: "large",
      resourceGroupId: input.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP_ID,
      engineName: input.SourceEndpoint?.InstanceType ?? "MySQL",
      sourceRegion: input.Region,
    }).jobId;
  const call = { action: "CreateSubscriptionInstance", token, request };
  return ctx.store.transaction(() => ({ SubscriptionInstanceId: `dts${oncePerToken(ctx, call, buy)}` }));
});
