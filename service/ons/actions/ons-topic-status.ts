/* OnsTopicStatus, version 2019-02-14: shows what a topic holds. */
import { z } from "zod";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf, topicOf } from "../engine/find.ts";
import { topicParams } from "../params.ts";

/** May be read and written. */
const readAndWrite = 6;

export const onsTopicStatus = defineAction({
  name: "OnsTopicStatus",
  kind: "read",
  summary: "Shows what a topic holds.",
  partial: "Figures are zero: no client sends to 4.x topics here.",
  request: z.object(topicParams),
  handler(ctx, input) {
    topicOf(ctx, instanceOf(ctx, input.InstanceId), input.Topic);
    return { Data: { TotalCount: 0, LastTimeStamp: 0, Perm: readAndWrite } };
  },
});
