import { listInstanceAcl as published } from "../../../contract/rocketmq/acls.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { matches, pageOf } from "../lists.ts";
import { rocketmqStore } from "../store.ts";
import { aclView } from "../views/acl.ts";

export const listInstanceAcl = defineAction(published, (ctx, input) => {
  const { region } = instanceOf(ctx, input.instanceId);
  const found = rocketmqStore(ctx.store)
    .acls(input.instanceId)
    .filter(({ username, resourceName }) => matches(input.filter, username, resourceName));
  return { data: pageOf(found, input, (acl) => aclView(acl, region)) };
});
