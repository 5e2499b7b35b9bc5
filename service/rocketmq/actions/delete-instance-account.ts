import { deleteInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { deleteAccount } from "../engine/access.ts";

export const deleteInstanceAccount = defineAction(published, (ctx, input) => {
  deleteAccount(ctx, input.instanceId, input.username);
  return { data: true };
});
