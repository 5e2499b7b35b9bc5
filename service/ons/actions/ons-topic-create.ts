import { onsTopicCreate as published } from "../../../contract/ons/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { makeTopic } from "../engine/members.ts";

export const onsTopicCreate = defineAction(published, (ctx, input) => {
  makeTopic(ctx, instanceOf(ctx, input.InstanceId), {
    name: input.Topic,
    messageType: input.MessageType,
    remark: input.Remark ?? "",
  });
  return {};
});
