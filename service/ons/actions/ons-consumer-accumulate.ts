/* OnsConsumerAccumulate, version 2019-02-14: shows how far a group is behind. */
import { z } from "zod";
import { flag, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { activityOf } from "../engine/activity.ts";
import { groupOf, instanceOf } from "../engine/find.ts";
import { groupParams } from "../params.ts";
import { figuresView } from "../views/activity.ts";

export const onsConsumerAccumulate = defineAction({
  name: "OnsConsumerAccumulate",
  kind: "read",
  summary: "Shows how far a group is behind.",

  request: z.object({ ...groupParams, Detail: withDefault(flag(), false) }),
  handler(ctx, input) {
    const group = groupOf(ctx, instanceOf(ctx, input.InstanceId), input.GroupId);
    return { Data: figuresView(activityOf(ctx, group), input.Detail) };
  },
});
