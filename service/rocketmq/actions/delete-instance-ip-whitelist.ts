/* DeleteInstanceIpWhitelist, version 2022-08-01: takes addresses off the white list of an instance. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteAddresses } from "../engine/access.ts";
import { instanceParams, words } from "../params.ts";

export const deleteInstanceIpWhitelist = defineAction({
  name: "DeleteInstanceIpWhitelist",
  kind: "write",
  summary: "Takes addresses off the white list of an instance.",

  route: { method: "DELETE", path: "/instances/{instanceId}/ip/whitelist" },
  request: z.object({
    ...instanceParams,
    ipWhitelist: optional(text()),
    ipWhitelists: optional(words({ max: 100 })),
  }),
  handler(ctx, input) {
    const single = input.ipWhitelist === undefined ? [] : [input.ipWhitelist];
    deleteAddresses(ctx, input.instanceId, [...single, ...(input.ipWhitelists ?? [])]);
    return { data: true };
  },
});
