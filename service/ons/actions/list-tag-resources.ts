import type { TaggedType } from "../../../contract/ons/params.ts";
import { listTagResources as published } from "../../../contract/ons/tags.ts";
import { type CallContext, defineAction } from "../../core/kit/action.ts";
import { tagPage } from "../../core/kit/tags.ts";
import { instanceOf, isNamed } from "../engine/find.ts";
import { onsStore } from "../store.ts";

export const listTagResources = defineAction(published, (ctx, input) => {
  const store = onsStore(ctx.store);
  const type = input.ResourceType;
  const tags = thingsOf(ctx, type, input.InstanceId)
    .filter(([, resourceId]) => !input.ResourceId?.length || input.ResourceId.includes(resourceId))
    .map(([instanceId, resourceId]) => store.tags(type, instanceId, resourceId));
  const { items, next } = tagPage(tags, input.Tag, Number(input.NextToken ?? 0));
  return {
    NextToken: next,
    TagResources: items.map((tag) => ({
      InstanceId: tag.instanceId,
      ResourceId: tag.resourceId,
      ResourceType: `ALIYUN::MQ::${tag.type}`,
      TagKey: tag.key,
      TagValue: tag.value,
    })),
  };
});

/** Instance and id of everything of a kind. */
function thingsOf(ctx: CallContext, type: TaggedType, instanceId: string | undefined): [string, string][] {
  const { instances, topics, groups } = onsStore(ctx.store);
  if (type === "INSTANCE") {
    const found = instances().filter(({ region }) => isNamed(ctx, region));
    return found.map((one) => [one.instanceId, one.instanceId]);
  }
  const { instanceId: id } = instanceOf(ctx, instanceId);
  return (type === "TOPIC" ? topics : groups).list(id).map(({ name }) => [id, name]);
}
