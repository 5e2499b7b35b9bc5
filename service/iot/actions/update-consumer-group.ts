import { updateConsumerGroup as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { groupOf, refuseDefault, refuseTakenName } from "../engine/groups.ts";
import { iotStore } from "../store.ts";

export const updateConsumerGroup = defineAction(published, (ctx, input) => {
  const { GroupId: groupId, NewGroupName: name } = input;
  refuseDefault(groupId, "GroupId");
  refuseDefault(name, "NewGroupName");
  ctx.store.transaction(() => {
    refuseTakenName(ctx, groupOf(ctx, input, groupId), name, groupId);
    iotStore(ctx.store).renameGroup(groupId, name);
  });
  return {};
});
