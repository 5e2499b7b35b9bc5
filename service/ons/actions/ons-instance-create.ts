import { onsInstanceCreate as published } from "../../../contract/ons/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { makeInstance } from "../engine/instances.ts";
import { STANDARD_EDITION } from "../views/instance.ts";

export const onsInstanceCreate = defineAction(published, (ctx, input) => {
  const { instanceId } = makeInstance(ctx, {
    region: ctx.region,
    name: input.InstanceName,
    remark: input.Remark ?? "",
    namespace: true,
  });
  return { Data: { InstanceId: instanceId, InstanceType: STANDARD_EDITION } };
});
