/* GetInstanceIpWhitelist, version 2022-08-01: shows the white list of an instance, or whether addresses are in it. */
import { z } from "zod";
import { optional } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addressNotFound } from "../engine/access.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, words } from "../params.ts";
import { rocketmqStore } from "../store.ts";

export const getInstanceIpWhitelist = defineAction({
  name: "GetInstanceIpWhitelist",
  kind: "read",
  summary: "Shows the white list of an instance, or whether addresses are in it.",

  route: { method: "GET", path: "/instances/{instanceId}/ip/whitelists" },
  request: z.object({ ...instanceParams, ipWhitelists: optional(words({ max: 100 })) }),
  handler(ctx, input) {
    const { region } = instanceOf(ctx, input.instanceId);
    const known = rocketmqStore(ctx.store).addresses(input.instanceId);
    const asked = input.ipWhitelists ?? [];
    for (const address of asked) if (!known.includes(address)) throw addressNotFound(address);
    const ipWhitelists = asked.length > 0 ? asked : known;
    return { data: { instanceId: input.instanceId, regionId: region, ipWhitelists } };
  },
});
