/*
 * CreateSubscriptionInstance, version 2020-01-01, older family: buys an instance, which is then NotStarted.
 * A repeated ClientToken gives the same instance.
 */
import { z } from "zod";
import { commonParams, payWord, periodWord } from "../../../contract/dts/params.ts";
import { regionId } from "../../../contract/limits/dts.ts";
import { olderEngine } from "../../../contract/limits/dts-task.ts";
import { clientToken } from "../../../contract/limits/token.ts";
import { DEFAULT_RESOURCE_GROUP_ID } from "../../../contract/local.ts";
import { integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createJob } from "../engine/jobs.ts";
import { addPeriod } from "../engine/pay.ts";
import { checkTerm } from "../engine/payment.ts";
import { oncePerToken } from "../engine/token.ts";

export const createSubscriptionInstance = defineAction({
  name: "CreateSubscriptionInstance",
  kind: "write",
  summary: "Older family: buys a change tracking instance.",
  request: z
    .object({
      ...commonParams,
      Region: text(regionId),
      PayType: withDefault(text(payWord), "PostPaid"),
      Period: optional(text(periodWord)),
      UsedTime: optional(integer({ min: 1 })),
      ClientToken: optional(text(clientToken)),
      SourceEndpoint: optional(z.object({ InstanceType: optional(text(olderEngine)) })),
    })
    .superRefine((input, context) => {
      if (input.PayType !== "PrePaid") return;
      const missing = (["Period", "UsedTime"] as const).find((name) => input[name] === undefined);
      if (!missing) return;
      context.addIssue({ code: "custom", path: [missing], message: "is required with PayType Prepaid" });
    }),
  handler(ctx, input) {
    const prepaid = input.PayType === "PrePaid";
    const term = { unit: input.Period ?? "Month", count: input.UsedTime ?? 1 };
    if (prepaid) checkTerm(term, "UsedTime");
    const { ClientToken: token, ...wish } = input;
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
    const call = { action: "CreateSubscriptionInstance", token, wish };
    return ctx.store.transaction(() => ({ SubscriptionInstanceId: `dts${oncePerToken(ctx, call, buy)}` }));
  },
});
