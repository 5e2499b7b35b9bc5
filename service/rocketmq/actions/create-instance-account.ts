import { createInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createAccount } from "../engine/access.ts";

export const createInstanceAccount = defineAction(published, (ctx, input) => {
  createAccount(ctx, input);
  return { data: true };
});
