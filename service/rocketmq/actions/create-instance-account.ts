import { createInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { serveAction } from "../../core/kit/action.ts";
import { createAccount } from "../engine/access.ts";

export const createInstanceAccount = serveAction(published, (ctx, input) => {
  createAccount(ctx, input);
  return { data: true };
});
