import { onsGroupList as published } from "../../../contract/ons/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { instanceOf } from "../engine/find.ts";
import { onsStore } from "../store.ts";
import { groupView } from "../views/member.ts";

export const onsGroupList = defineAction(published, (ctx, input) => {
  const instance = instanceOf(ctx, input.InstanceId);
  const store = onsStore(ctx.store);
  const type = input.GroupType === "all" ? undefined : input.GroupType;
  const found = store.groups.list(instance.instanceId).flatMap((group) => {
    if (input.GroupId !== undefined && !group.name.includes(input.GroupId)) return [];
    if (type !== undefined && group.groupType !== type) return [];
    const tags = store.tags("GROUP", group.instanceId, group.name);
    return hasTags(tags, input.Tag) ? [groupView(ctx, instance, group, tags)] : [];
  });
  return { Data: { SubscribeInfoDo: found } };
});
