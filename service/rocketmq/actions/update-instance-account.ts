/* UpdateInstanceAccount, version 2022-08-01: changes password, status or remark of an account. */
import { z } from "zod";
import { oneOf } from "../../../contract/limits/text.ts";
import { optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeAccount } from "../engine/access.ts";
import { accountParams } from "../params.ts";

export const updateInstanceAccount = defineAction({
  name: "UpdateInstanceAccount",
  kind: "write",
  summary: "Changes password, status or remark of an account.",

  route: { method: "PATCH", path: "/instances/{instanceId}/accounts/{username}" },
  request: z.object({
    ...accountParams,
    password: optional(text()),
    accountStatus: optional(text(oneOf(["ENABLE", "DISABLE"]))),
    remark: z.optional(z.nullable(textOrEmpty())),
  }),
  handler(ctx, input) {
    changeAccount(ctx, input.instanceId, input.username, {
      password: input.password,
      status: input.accountStatus,
      remark: input.remark ?? undefined,
    });
    return { data: true };
  },
});
