import { onsGroupCreate as published } from "../../../contract/ons/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { makeGroup } from "../engine/members.ts";

export const onsGroupCreate = defineAction(published, (ctx, input) => {
  makeGroup(ctx, instanceOf(ctx, input.InstanceId), {
    name: input.GroupId,
    groupType: input.GroupType,
    remark: input.Remark ?? "",
  });
  return {};
});
