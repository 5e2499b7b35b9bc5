/* GetInstanceAcl, version 2022-08-01: shows a right of an account. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { instanceOf } from "../engine/find.ts";
import { aclParams } from "../params.ts";
import { aclView } from "../views/acl.ts";

export const getInstanceAcl = defineAction({
  name: "GetInstanceAcl",
  kind: "read",
  summary: "Shows a right of an account.",

  route: { method: "GET", path: "/instances/{instanceId}/acl/account/{username}" },
  request: z.object(aclParams),
  handler(ctx, input) {
    return { data: aclView(aclOf(ctx, input), instanceOf(ctx, input.instanceId).region) };
  },
});
