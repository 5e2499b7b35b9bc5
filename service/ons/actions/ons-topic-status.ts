import { onsTopicStatus as published } from "../../../contract/ons/topics.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf, topicOf } from "../engine/find.ts";

/** May be read and written. */
const READ_AND_WRITE = 6;

export const onsTopicStatus = defineAction(published, (ctx, input) => {
  topicOf(ctx, instanceOf(ctx, input.InstanceId), input.Topic);
  return { Data: { TotalCount: 0, LastTimeStamp: 0, Perm: READ_AND_WRITE } };
});
