import { getInstanceIpWhitelist as published } from "../../../contract/rocketmq/ip-whitelist.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addressNotFound } from "../engine/access.ts";
import { instanceOf } from "../engine/find.ts";
import { rocketmqStore } from "../store.ts";

export const getInstanceIpWhitelist = defineAction(published, (ctx, input) => {
  const { region } = instanceOf(ctx, input.instanceId);
  const known = rocketmqStore(ctx.store).addresses(input.instanceId);
  const asked = input.ipWhitelists ?? [];
  for (const address of asked) if (!known.includes(address)) throw addressNotFound(address);
  const ipWhitelists = asked.length > 0 ? asked : known;
  return { data: { instanceId: input.instanceId, regionId: region, ipWhitelists } };
});
