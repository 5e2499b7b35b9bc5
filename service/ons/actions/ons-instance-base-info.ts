/* OnsInstanceBaseInfo, version 2019-02-14: shows an instance. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceDetail } from "../views/instance.ts";

export const onsInstanceBaseInfo = defineAction({
  name: "OnsInstanceBaseInfo",
  kind: "read",
  summary: "Shows an instance.",
  partial: "no spInstanceId, spInstanceType, SupportClassic; MaxTps and TopicCapacity are of another edition",
  request: z.object({ InstanceId: text() }),
  handler(ctx, input) {
    return { InstanceBaseInfo: instanceDetail(ctx, instanceOf(ctx, input.InstanceId)) };
  },
});
