/* ListTagResources, version 2019-02-14: lists the tags of instances, topics or groups. */
import { z } from "zod";
import { list, optional, text } from "../../../contract/params.ts";
import type { CallContext } from "../../core/kit/action.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf, isNamed } from "../engine/find.ts";
import type { TaggedType } from "../entities.ts";
import { hasTags, instanceParams, taggedType, tagsParam } from "../params.ts";
import { onsStore } from "../store.ts";

const pageSize = 50;

export const listTagResources = defineAction({
  name: "ListTagResources",
  kind: "read",
  summary: "Lists the tags of instances, topics or groups.",

  request: z.object({
    ...instanceParams,
    ResourceType: taggedType,
    ResourceId: optional(list(text(), { max: 50 })),
    Tag: optional(tagsParam(0)),
    NextToken: optional(text(z.string().regex(/^\d{1,9}$/, { error: "must be one that was given out" }))),
  }),
  handler(ctx, input) {
    const store = onsStore(ctx.store);
    const type = input.ResourceType;
    const rows = thingsOf(ctx, type, input.InstanceId).flatMap(([instanceId, resourceId]) => {
      if (input.ResourceId?.length && !input.ResourceId.includes(resourceId)) return [];
      const tags = store.tags(type, instanceId, resourceId);
      return hasTags(tags, input.Tag) ? tags : [];
    });
    const from = Number(input.NextToken ?? 0);
    const end = from + pageSize;
    return {
      ...(end < rows.length ? { NextToken: String(end) } : {}),
      TagResources: rows.slice(from, end).map((tag) => ({
        InstanceId: tag.instanceId,
        ResourceId: tag.resourceId,
        ResourceType: `ALIYUN::MQ::${tag.type}`,
        TagKey: tag.key,
        TagValue: tag.value,
      })),
    };
  },
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
