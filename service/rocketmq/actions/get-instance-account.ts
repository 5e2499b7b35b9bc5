/* GetInstanceAccount, version 2022-08-01: without a user name the account that came with the instance. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { accountOf } from "../engine/access.ts";
import { instanceParams } from "../params.ts";

export const getInstanceAccount = defineAction({
  name: "GetInstanceAccount",
  kind: "read",
  summary: "Shows an account of an instance, with its password.",

  route: { method: "GET", path: "/instances/{instanceId}/account" },
  request: z.object({ ...instanceParams, username: optional(text()) }),
  handler(ctx, input) {
    const account = accountOf(ctx, input.instanceId, input.username);
    return {
      data: {
        username: account.username,
        password: ctx.vault.open(account.sealedPassword),
        accountStatus: account.status,
        remark: account.remark,
      },
    };
  },
});
