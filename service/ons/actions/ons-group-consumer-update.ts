import { onsGroupConsumerUpdate as published } from "../../../contract/ons/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";

export const onsGroupConsumerUpdate = defineAction(published, (ctx, input) => {
  ctx.store.transaction(() => {
    const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    const changed = { ...group, readEnabled: input.ReadEnable, updatedAtMs: ctx.clock.now() };
    onsStore(ctx.store).groups.update(changed);
  });
  return {};
});
