import { updateInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { serveAction } from "../../core/kit/action.ts";
import { changeAccount } from "../engine/access.ts";

export const updateInstanceAccount = serveAction(published, (ctx, input) => {
  changeAccount(ctx, input.instanceId, input.username, {
    password: input.password,
    status: input.accountStatus,
    remark: input.remark ?? undefined,
  });
  return { data: true };
});
