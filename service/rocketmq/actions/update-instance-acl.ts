import { updateInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { rocketmqStore } from "../store.ts";

export const updateInstanceAcl = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const acl = aclOf(ctx, input);
    rocketmqStore(ctx.store).putAcl({
      ...acl,
      actions: input.actions ?? acl.actions,
      decision: input.decision ?? acl.decision,
      ipWhitelists: input.ipWhitelists ?? acl.ipWhitelists,
    });
  });
  return { data: true };
});
