import { getInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { defineAction } from "../../core/kit/action.ts";
import { aclOf } from "../engine/access.ts";
import { instanceOf } from "../engine/find.ts";
import { aclView } from "../views/acl.ts";

export const getInstanceAcl = defineAction(published, (ctx, input) => ({
  data: aclView(aclOf(ctx, input), instanceOf(ctx, input.instanceId).region),
}));
