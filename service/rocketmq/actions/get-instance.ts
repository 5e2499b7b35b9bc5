import { getInstance as published } from "../../../contract/rocketmq/instances.ts";
import { serveAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceDetail } from "../views/instance.ts";

export const getInstance = serveAction(published, (ctx, input) => ({
  data: instanceDetail(ctx, instanceOf(ctx, input.instanceId)),
}));
