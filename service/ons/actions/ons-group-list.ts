/*
 * OnsGroupList, version 2019-02-14: GroupId is a part of the name; the list is there if empty. GroupType
 * `all` is no filter: it is not published, and the widest tool sends it.
 */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { hasTags, instanceParams, tagsParam } from "../params.ts";
import { onsStore } from "../store.ts";
import { groupView } from "../views/member.ts";

export const onsGroupList = defineAction({
  name: "OnsGroupList",
  kind: "read",
  summary: "Lists the consumer groups of an instance.",

  request: z.object({
    ...instanceParams,
    GroupId: optional(text()),
    GroupType: optional(text()),
    Tag: optional(tagsParam(0)),
  }),
  handler(ctx, input) {
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
  },
});
