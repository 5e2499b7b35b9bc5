import { deleteInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { rocketmqStore } from "../store.ts";

export const deleteInstanceAcl = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => rocketmqStore(ctx.store).deleteAcl(aclOf(ctx, input)));
  return { data: true };
});
