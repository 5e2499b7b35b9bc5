/* UpdateInstanceAcl, version 2022-08-01: changes a right of an account. */
import { z } from "zod";
import { addressBlock } from "../../../contract/limits/address.ts";
import { aclDecision, holdsAcl } from "../../../contract/limits/rocketmq-access.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { aclParams, words } from "../params.ts";
import { rocketmqStore } from "../store.ts";

export const updateInstanceAcl = defineAction({
  name: "UpdateInstanceAcl",
  kind: "write",
  summary: "Changes a right of an account.",

  route: { method: "PATCH", path: "/instances/{instanceId}/acl/account/{username}" },
  request: z
    .object({
      ...aclParams,
      actions: optional(words({ max: 2 })),
      decision: optional(text(aclDecision)),
      ipWhitelists: optional(words({}, addressBlock)),
    })
    .superRefine(holdsAcl),
  handler(ctx, input) {
    ctx.store.transaction(() => {
      const acl = aclOf(ctx, input);
      rocketmqStore(ctx.store).putAcl({
        ...acl,
        actions: input.actions ?? acl.actions,
        decision: input.decision ?? acl.decision,
        ipWhitelists: input.ipWhitelists ?? acl.ipWhitelists,
      });
    });
    return { data: true };
  },
});
