/* OnsInstanceCreate, version 2019-02-14: makes an instance with a namespace. */
import { z } from "zod";
import { instanceName4 } from "../../../contract/limits/rocketmq.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { makeInstance } from "../engine/instances.ts";
import { standardEdition } from "../views/instance.ts";

export const onsInstanceCreate = defineAction({
  name: "OnsInstanceCreate",
  kind: "write",
  summary: "Makes an instance with a namespace.",

  request: z.object({ InstanceName: text(instanceName4), Remark: optional(text()) }),
  handler(ctx, input) {
    const wish = {
      region: ctx.region,
      name: input.InstanceName,
      remark: input.Remark ?? "",
      namespace: true,
    };
    return { Data: { InstanceId: makeInstance(ctx, wish).instanceId, InstanceType: standardEdition } };
  },
});
