import { getInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { accountOf } from "../engine/access.ts";

export const getInstanceAccount = defineAction(published, (ctx, input) => {
  const account = accountOf(ctx, input.instanceId, input.username);
  return {
    data: {
      username: account.username,
      password: ctx.vault.open(account.sealedPassword),
      accountStatus: account.status,
      remark: account.remark,
    },
  };
});
