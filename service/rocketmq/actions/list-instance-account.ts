/* ListInstanceAccount, version 2022-08-01: lists the accounts of an instance, without passwords. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { instanceOf } from "../engine/find.ts";
import { instanceParams, matches, pageOf, pageParams } from "../params.ts";
import { rocketmqStore } from "../store.ts";

export const listInstanceAccount = defineAction({
  name: "ListInstanceAccount",
  kind: "read",
  summary: "Lists the accounts of an instance, without passwords.",

  route: { method: "GET", path: "/instances/{instanceId}/accounts" },
  request: z.object({
    ...instanceParams,
    username: optional(text()),
    accountStatus: optional(text()),
    accountType: optional(text()),
    ...pageParams({ default: 10, min: 1, max: 100 }),
  }),
  handler(ctx, input) {
    const { region } = instanceOf(ctx, input.instanceId);
    const found = rocketmqStore(ctx.store)
      .accounts(input.instanceId)
      .filter(({ username, status, type }) => {
        if (input.accountStatus !== undefined && status !== input.accountStatus) return false;
        if (input.accountType !== undefined && type !== input.accountType) return false;
        return matches(input.username, username);
      });
    const data = pageOf(found, input, ({ instanceId, username, remark, status, type }) => ({
      instanceId,
      regionId: region,
      username,
      remark,
      accountStatus: status,
      accountType: type,
    }));
    return { data };
  },
});
