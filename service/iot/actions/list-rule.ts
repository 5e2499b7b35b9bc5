/* ListRule, version 2018-01-20: the rules of an instance, oldest first. */
import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { listedPlaces } from "../engine/place.ts";
import { commonParams, pageParams } from "../params.ts";
import { iotStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { ruleFields } from "../views/rule.ts";

export const listRule = defineAction({
  name: "ListRule",
  kind: "read",
  summary: "Lists the data forwarding rules of an instance.",
  request: z.object({ ...commonParams, ...pageParams(100), ResourceGroupId: optional(text()) }),
  handler(ctx, input) {
    const { ResourceGroupId: resourceGroup } = input;
    const wanted = iotStore(ctx.store)
      .rules(listedPlaces(ctx, input))
      .filter((rule) => resourceGroup === undefined || rule.resourceGroupId === resourceGroup);
    const { items, fields } = pageOf(wanted, input.CurrentPage, input.PageSize);
    return {
      Data: { RuleInfo: items.map((rule) => ruleFields(ctx, rule)) },
      Page: fields.CurrentPage,
      PageSize: fields.PageSize,
      Total: fields.Total,
    };
  },
});
