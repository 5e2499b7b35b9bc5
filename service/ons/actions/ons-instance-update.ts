/* OnsInstanceUpdate, version 2019-02-14: changes name and remark of an instance. */
import { z } from "zod";
import { instanceName4 } from "../../../contract/limits/rocketmq.ts";
import { optional, text, textOrEmpty } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { changeInstance } from "../engine/instances.ts";

export const onsInstanceUpdate = defineAction({
  name: "OnsInstanceUpdate",
  kind: "write",
  summary: "Changes name and remark of an instance.",

  request: z.object({
    InstanceId: text(),
    InstanceName: optional(text(instanceName4)),
    Remark: z.optional(textOrEmpty()),
  }),
  handler(ctx, input) {
    const instance = instanceOf(ctx, input.InstanceId);
    changeInstance(ctx, instance, { name: input.InstanceName, remark: input.Remark });
    return {};
  },
});
