import { onsInstanceDelete as published } from "../../../contract/ons/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { removeInstance } from "../engine/instances.ts";

export const onsInstanceDelete = defineAction(published, (ctx, input) => {
  removeInstance(ctx, instanceOf(ctx, input.InstanceId));
  return {};
});
