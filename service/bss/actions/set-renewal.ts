import { setRenewal as published } from "../../../contract/bss/instances.ts";
import { GATEWAY_ERRORS, ROCKETMQ_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";
import type { Renewal } from "../../core/kit/ports.ts";

export const setRenewal = defineAction(published, (ctx, input) => {
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
});
