import { onsInstanceDelete as published } from "../../../contract/ons/instances.ts";
import { serveAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { removeInstance } from "../engine/instances.ts";

export const onsInstanceDelete = serveAction(published, (ctx, input) => {
  removeInstance(ctx, instanceOf(ctx, input.InstanceId));
  return {};
});
