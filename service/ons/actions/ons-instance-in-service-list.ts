/* OnsInstanceInServiceList, version 2019-02-14: the instances of a region; of all where the call names none. */
import { z } from "zod";
import { flag, optional, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { isNamed } from "../engine/find.ts";
import { hasTags, tagList, tagsParam } from "../params.ts";
import { onsStore } from "../store.ts";
import { instanceView } from "../views/instance.ts";

export const onsInstanceInServiceList = defineAction({
  name: "OnsInstanceInServiceList",
  kind: "read",
  summary: "Lists the instances of a region.",

  request: z.object({ Tag: optional(tagsParam(0)), NeedResourceInfo: withDefault(flag(), false) }),
  handler(ctx, input) {
    const store = onsStore(ctx.store);
    const found = store.instances().flatMap((instance) => {
      const { instanceId } = instance;
      const tags = store.tags("INSTANCE", instanceId, instanceId);
      if (!isNamed(ctx, instance.region) || !hasTags(tags, input.Tag)) return [];
      const counts = {
        TopicCount: store.topics.list(instanceId).length,
        GroupCount: store.groups.list(instanceId).length,
      };
      return [
        {
          ...instanceView(instance),
          CreateTime: instance.createdAtMs,
          Tags: tagList(tags),
          ...(input.NeedResourceInfo ? counts : {}),
        },
      ];
    });
    return { Data: { InstanceVO: found } };
  },
});
