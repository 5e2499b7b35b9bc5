import { listInstanceAccount as published } from "../../../contract/rocketmq/accounts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";

export const listInstanceAccount = defineAction(published, (ctx, input) => {
  const { region } = instanceOf(ctx, input.instanceId);
  const found = rocketmqStore(ctx.store)
    .accounts(input.instanceId)
    .filter(({ username, status, type }) => {
      if (input.accountStatus !== undefined && status !== input.accountStatus) return false;
      if (input.accountType !== undefined && type !== input.accountType) return false;
      return matches(input.username, username);
    });
  const data = pageOf(found, input, ({ instanceId, username, remark, status, type }) => ({
    instanceId,
    regionId: region,
    username,
    remark,
    accountStatus: status,
    accountType: type,
  }));
  return { data };
});
