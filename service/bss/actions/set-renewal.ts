/* SetRenewal, version 2017-12-14: how what was bought is renewed; all instances or none. */
import { z } from "zod";
import { GATEWAY_ERRORS, ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { csv, integer, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { Renewal } from "../../core/kit/ports.ts";

const months = [1, 2, 3, 6, 12];

export const setRenewal = defineAction({
  name: "SetRenewal",
  kind: "write",
  summary: "Sets how instances are renewed.",
  partial: "Instances of message queues only.",
  request: z.object({
    InstanceIDs: csv({ min: 1, max: 100 }),
    ProductCode: text(),
    ProductType: optional(text()),
    SubscriptionType: optional(text()),
    RenewalStatus: text(oneOf(["AutoRenewal", "ManualRenewal", "NotRenewal"])),
    RenewalPeriod: optional(
      integer({ min: 0 }).refine((period) => period === 0 || months.includes(period), {
        error: `must be one of ${months.join(", ")}`,
      }),
    ),
    RenewalPeriodUnit: optional(text(oneOf(["M", "Y"]))),
  }),
  handler(ctx, input) {
    const automatic = input.RenewalStatus === "AutoRenewal";
    if (automatic && !input.RenewalPeriod) {
      throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "RenewalPeriod" });
    }
    if (automatic && input.RenewalPeriodUnit === undefined) {
      throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "RenewalPeriodUnit" });
    }
    const renewal: Renewal = {
      status: input.RenewalStatus,
      // Kept for other kinds of renewal too: clients read back what they sent.
      ...(input.RenewalPeriod ? { duration: input.RenewalPeriod } : {}),
      ...(input.RenewalPeriodUnit ? { unit: input.RenewalPeriodUnit } : {}),
    };
    const port = ctx.ports.find("purchases");
    ctx.store.transaction(() => {
      for (const id of input.InstanceIDs) {
        if (port?.renew(id, renewal)) continue;
        throw serviceError(ROCKETMQ_ERRORS.InstanceNotFound, {
          parameter: "InstanceIDs",
          detail: `Asked for ${id}.`,
        });
      }
    });
    return {};
  },
});
