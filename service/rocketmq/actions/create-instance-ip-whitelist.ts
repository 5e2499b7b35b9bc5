import { createInstanceIpWhitelist as published } from "../../../contract/rocketmq/ip-whitelist.ts";
import { serveAction } from "../../core/kit/action.ts";
import { addAddresses } from "../engine/access.ts";

export const createInstanceIpWhitelist = serveAction(published, (ctx, input) => {
  addAddresses(ctx, input.instanceId, input.ipWhitelists);
  return { data: true };
});
