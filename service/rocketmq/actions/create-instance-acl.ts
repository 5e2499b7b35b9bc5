/* CreateInstanceAcl, version 2022-08-01: gives an account a right on a topic or group. */
import { z } from "zod";
import { addressBlock } from "../../../contract/limits/address.ts";
import { aclDecision, holdsAcl } from "../../../contract/limits/rocketmq-access.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createAcl } from "../engine/access.ts";
import { aclParams, words } from "../params.ts";

export const createInstanceAcl = defineAction({
  name: "CreateInstanceAcl",
  kind: "write",
  summary: "Gives an account a right on a topic or group.",

  route: { method: "POST", path: "/instances/{instanceId}/acl/account/{username}" },
  request: z
    .object({
      ...aclParams,
      actions: words({ min: 1, max: 2 }),
      decision: text(aclDecision),
      ipWhitelists: optional(words({}, addressBlock)),
    })
    .superRefine(holdsAcl),
  handler(ctx, input) {
    createAcl(ctx, { ...input, ipWhitelists: input.ipWhitelists ?? [] });
    return { data: true };
  },
});
