import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { queryConsumerGroupList as published } from "../../../contract/iot/groups.ts";
import { defineAction } from "../../core/kit/action.ts";
import { defaultGroup } from "../engine/groups.ts";
import { listedPlaces, placeOf } from "../engine/place.ts";
import { iotStore } from "../store.ts";
import { groupFields } from "../views/group.ts";
import { pageOf } from "../views/page.ts";

/** The default group comes first. */
export const queryConsumerGroupList = defineAction(published, (ctx, input) => {
  const { GroupName: part, Fuzzy: fuzzy } = input;
  if (fuzzy && part === undefined) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "GroupName" });
  const place = placeOf(ctx, input);
  const all = [defaultGroup(ctx, place), ...iotStore(ctx.store).groups(listedPlaces(ctx, input))];
  const wanted = fuzzy && part !== undefined ? all.filter((group) => group.name.includes(part)) : all;
  const page = pageOf(wanted, input.CurrentPage, input.PageSize);
  return { ...page.fields, Data: { ConsumerGroupDTO: page.items.map(groupFields) } };
});
