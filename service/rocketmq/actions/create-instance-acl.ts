import { createInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { defineAction } from "../../core/kit/action.ts";
import { createAcl } from "../engine/access.ts";

export const createInstanceAcl = defineAction(published, (ctx, input) => {
  createAcl(ctx, { ...input, ipWhitelists: input.ipWhitelists ?? [] });
  return { data: true };
});
