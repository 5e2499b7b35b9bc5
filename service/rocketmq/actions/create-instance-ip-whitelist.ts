import { createInstanceIpWhitelist as published } from "../../../contract/rocketmq/ip-whitelist.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addAddresses } from "../engine/access.ts";

export const createInstanceIpWhitelist = defineAction(published, (ctx, input) => {
  addAddresses(ctx, input.instanceId, input.ipWhitelists);
  return { data: true };
});
