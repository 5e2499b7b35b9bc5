import { listInstanceIpWhitelist as published } from "../../../contract/rocketmq/ip-whitelist.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";

export const listInstanceIpWhitelist = defineAction(published, (ctx, input) => {
  instanceOf(ctx, input.instanceId);
  const known = rocketmqStore(ctx.store).addresses(input.instanceId);
  const found = known.filter((address) => matches(input.ipWhitelist, address));
  return { data: pageOf(found, input, (address) => address) };
});
