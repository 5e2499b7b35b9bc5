import { onsInstanceInServiceList as published } from "../../../contract/ons/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { isNamed } from "../engine/find.ts";
import { onsStore } from "../store.ts";
import { instanceView } from "../views/instance.ts";
import { tagList } from "../views/tags.ts";

export const onsInstanceInServiceList = defineAction(published, (ctx, input) => {
  const store = onsStore(ctx.store);
  const found = store.instances().flatMap((instance) => {
    if (!isNamed(ctx, instance.region)) return [];
    const { instanceId } = instance;
    const tags = store.tags("INSTANCE", instanceId, instanceId);
    if (!hasTags(tags, input.Tag)) return [];
    const counts = input.NeedResourceInfo && {
      TopicCount: store.topics.count(instanceId),
      GroupCount: store.groups.count(instanceId),
    };
    return [
      {
        ...instanceView(instance),
        CreateTime: instance.createdAtMs,
        Tags: tagList(tags),
        ...counts,
      },
    ];
  });
  return { Data: { InstanceVO: found } };
});
