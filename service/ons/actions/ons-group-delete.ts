import { onsGroupDelete as published } from "../../../contract/ons/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";

export const onsGroupDelete = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const { instanceId, name } = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    onsStore(ctx.store).groups.delete(instanceId, name);
  });
  return {};
});
