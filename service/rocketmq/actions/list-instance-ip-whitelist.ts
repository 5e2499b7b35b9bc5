/* ListInstanceIpWhitelist, version 2022-08-01: lists the white list of an instance by pages. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, matches, pageOf, pageParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";

export const listInstanceIpWhitelist = defineAction({
  name: "ListInstanceIpWhitelist",
  kind: "read",
  summary: "Lists the white list of an instance by pages.",

  route: { method: "GET", path: "/instances/{instanceId}/ip/whitelist" },
  request: z.object({
    ...instanceParams,
    ipWhitelist: optional(text()),
    ...pageParams({ default: 10, min: 1, max: 100 }),
  }),
  handler(ctx, input) {
    instanceOf(ctx, input.instanceId);
    const known = rocketmqStore(ctx.store).addresses(input.instanceId);
    const found = known.filter((address) => matches(input.ipWhitelist, address));
    return { data: pageOf(found, input, (address) => address) };
  },
});
