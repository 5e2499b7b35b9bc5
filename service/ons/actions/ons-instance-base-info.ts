import { onsInstanceBaseInfo as published } from "../../../contract/ons/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceDetail } from "../views/instance.ts";

export const onsInstanceBaseInfo = defineAction(published, (ctx, input) => ({
  InstanceBaseInfo: instanceDetail(ctx, instanceOf(ctx, input.InstanceId)),
}));
