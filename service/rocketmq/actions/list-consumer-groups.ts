import { listConsumerGroups as published } from "../../../contract/rocketmq/consumer-groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";
import { groupSummary } from "../views/member.ts";

export const listConsumerGroups = defineAction(published, (ctx, input) => {
  const { region } = instanceOf(ctx, input.instanceId);
  const found = rocketmqStore(ctx.store)
    .groups.list(input.instanceId)
    .filter(({ groupId, remark }) => matches(input.filter, groupId, remark));
  return { data: pageOf(found, input, (group) => groupSummary(group, region)) };
});
