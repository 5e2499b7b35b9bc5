/* DeleteInstanceAcl, version 2022-08-01: takes a right from an account. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { aclParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";

export const deleteInstanceAcl = defineAction({
  name: "DeleteInstanceAcl",
  kind: "write",
  summary: "Takes a right from an account.",

  route: { method: "DELETE", path: "/instances/{instanceId}/acl/account/{username}" },
  request: z.object(aclParams),
  handler(ctx, input) {
    ctx.store.transaction(() => rocketmqStore(ctx.store).deleteAcl(aclOf(ctx, input)));
    return { data: true };
  },
});
