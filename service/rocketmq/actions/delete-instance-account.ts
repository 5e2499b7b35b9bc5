/* DeleteInstanceAccount, version 2022-08-01: deletes an account with its rights. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { deleteAccount } from "../engine/access.ts";
import { accountParams } from "../params.ts";

export const deleteInstanceAccount = defineAction({
  name: "DeleteInstanceAccount",
  kind: "write",
  summary: "Deletes an account with its rights.",

  route: { method: "DELETE", path: "/instances/{instanceId}/accounts/{username}" },
  request: z.object(accountParams),
  handler(ctx, input) {
    deleteAccount(ctx, input.instanceId, input.username);
    return { data: true };
  },
});
