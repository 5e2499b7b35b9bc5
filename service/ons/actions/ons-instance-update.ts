import { onsInstanceUpdate as published } from "../../../contract/ons/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { changeInstance } from "../engine/instances.ts";

export const onsInstanceUpdate = defineAction(published, (ctx, input) => {
  const instance = instanceOf(ctx, input.InstanceId);
  changeInstance(ctx, instance, { name: input.InstanceName, remark: input.Remark });
  return {};
});
