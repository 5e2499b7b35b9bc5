/* CreateInstanceAccount, version 2022-08-01: adds an account to an instance. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createAccount } from "../engine/access.ts";
import { accountParams } from "../params.ts";

export const createInstanceAccount = defineAction({
  name: "CreateInstanceAccount",
  kind: "write",
  summary: "Adds an account to an instance.",

  route: { method: "POST", path: "/instances/{instanceId}/accounts" },
  request: z.object({ ...accountParams, password: text(), remark: optional(text()) }),
  handler(ctx, input) {
    createAccount(ctx, input);
    return { data: true };
  },
});
