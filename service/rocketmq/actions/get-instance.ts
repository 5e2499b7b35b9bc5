import { getInstance as published } from "../../../contract/rocketmq/instances.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceDetail } from "../views/instance.ts";

export const getInstance = defineAction(published, (ctx, input) => ({
  data: instanceDetail(ctx, instanceOf(ctx, input.instanceId)),
}));
