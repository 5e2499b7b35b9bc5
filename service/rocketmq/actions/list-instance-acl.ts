/* ListInstanceAcl, version 2022-08-01: lists the rights of the accounts of an instance. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, matches, pageOf, pageParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";
import { aclView } from "../views/acl.ts";

export const listInstanceAcl = defineAction({
  name: "ListInstanceAcl",
  kind: "read",
  summary: "Lists the rights of the accounts of an instance.",

  route: { method: "GET", path: "/instances/{instanceId}/acl" },
  request: z.object({
    ...instanceParams,
    filter: optional(text()),
    ...pageParams({ default: 10, min: 1, max: 100 }),
  }),
  handler(ctx, input) {
    const { region } = instanceOf(ctx, input.instanceId);
    const found = rocketmqStore(ctx.store)
      .acls(input.instanceId)
      .filter(({ username, resourceName }) => matches(input.filter, username, resourceName));
    return { data: pageOf(found, input, (acl) => aclView(acl, region)) };
  },
});
