import { deleteInstanceIpWhitelist as published } from "../../../contract/rocketmq/ip-whitelist.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteAddresses } from "../engine/access.ts";

export const deleteInstanceIpWhitelist = defineAction(published, (ctx, input) => {
  const single = input.ipWhitelist === undefined ? [] : [input.ipWhitelist];
  deleteAddresses(ctx, input.instanceId, [...single, ...(input.ipWhitelists ?? [])]);
  return { data: true };
});
