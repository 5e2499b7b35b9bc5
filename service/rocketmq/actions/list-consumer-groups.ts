/* ListConsumerGroups, version 2022-08-01: by parts of name or remark, oldest first. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, matches, pageOf, pageParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { groupSummary } from "../views/member.ts";

export const listConsumerGroups = defineAction({
  name: "ListConsumerGroups",
  kind: "read",
  summary: "Lists the consumer groups of an instance.",

  route: { method: "GET", path: "/instances/{instanceId}/consumerGroups" },
  request: z.object({
    ...instanceParams,
    filter: optional(text()),
    ...pageParams({ default: 10, min: 10, max: 100 }),
  }),
  handler(ctx, input) {
    instanceOf(ctx, input.instanceId);
    const found = rocketmqStore(ctx.store)
      .groups.list(input.instanceId)
      .filter(({ groupId, remark }) => matches(input.filter, groupId, remark));
    return { data: pageOf(found, input, (group) => groupSummary(ctx, group)) };
  },
});
