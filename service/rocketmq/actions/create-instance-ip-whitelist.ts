/* CreateInstanceIpWhitelist, version 2022-08-01: adds addresses that may connect to an instance. */
import { z } from "zod";
import { addressBlock } from "../../../contract/limits/address.ts";
import { defineAction } from "../../core/kit/action.ts";
import { addAddresses } from "../engine/access.ts";
import { instanceParams, words } from "../params.ts";

export const createInstanceIpWhitelist = defineAction({
  name: "CreateInstanceIpWhitelist",
  kind: "write",
  summary: "Adds addresses that may connect to an instance.",

  route: { method: "POST", path: "/instances/{instanceId}/ip/whitelist" },
  request: z.object({ ...instanceParams, ipWhitelists: words({ min: 1, max: 100 }, addressBlock) }),
  handler(ctx, input) {
    addAddresses(ctx, input.instanceId, input.ipWhitelists);
    return { data: true };
  },
});
