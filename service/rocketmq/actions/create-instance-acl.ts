import { createInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { serveAction } from "../../core/kit/action.ts";
import { createAcl } from "../engine/access.ts";

export const createInstanceAcl = serveAction(published, (ctx, input) => {
  createAcl(ctx, { ...input, ipWhitelists: input.ipWhitelists ?? [] });
  return { data: true };
});
