import { onsInstanceBaseInfo as published } from "../../../contract/ons/instances.ts";
import { serveAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceDetail } from "../views/instance.ts";

export const onsInstanceBaseInfo = serveAction(published, (ctx, input) => ({
  InstanceBaseInfo: instanceDetail(ctx, instanceOf(ctx, input.InstanceId)),
}));
