import { updateInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { changeAccount } from "../engine/access.ts";

export const updateInstanceAccount = defineAction(published, (ctx, input) => {
  changeAccount(ctx, input.instanceId, input.username, {
    password: input.password,
    status: input.accountStatus,
    remark: input.remark ?? undefined,
  });
  return { data: true };
});
