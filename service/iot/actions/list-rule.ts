import { listRule as published } from "../../../contract/iot/rules.ts";
import { defineAction } from "../../core/kit/action.ts";
import { listedPlaces } from "../engine/place.ts";
import { iotStore } from "../store.ts";
import { pageOf } from "../views/page.ts";
import { ruleFields } from "../views/rule.ts";

export const listRule = defineAction(published, (ctx, input) => {
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
});
