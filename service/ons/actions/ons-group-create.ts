/* OnsGroupCreate, version 2019-02-14: holds RMQ-1 and RMQ-2; order and retry are the client's on 4.x (RMQ-6). */
import { z } from "zod";
import { GROUP_TYPES_4, groupName4 } from "../../../contract/limits/rocketmq.ts";
import { oneOf } from "../../../contract/limits/text.ts";
import { optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { makeGroup } from "../engine/members.ts";
import { instanceParams } from "../params.ts";

export const onsGroupCreate = defineAction({
  name: "OnsGroupCreate",
  kind: "write",
  summary: "Makes a consumer group.",

  request: z.object({
    ...instanceParams,
    GroupId: text(groupName4),
    GroupType: withDefault(text(oneOf(GROUP_TYPES_4)), "tcp"),
    Remark: optional(text()),
  }),
  handler(ctx, input) {
    makeGroup(ctx, instanceOf(ctx, input.InstanceId), {
      name: input.GroupId,
      groupType: input.GroupType,
      remark: input.Remark ?? "",
    });
    return {};
  },
});
