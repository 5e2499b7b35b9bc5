/*
 * QueryConsumerGroupList, version 2018-01-20: the groups of an instance, the default group first.
 * Fuzzy=true keeps those whose name contains GroupName; without it all are listed, as published.
 */
import { z } from "zod";
import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { flag, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { defaultGroup } from "../engine/groups.ts";
import { listedPlaces, placeOf } from "../engine/place.ts";
import { commonParams, pageParams } from "../params.ts";
import { iotStore } from "../store.ts";
import { groupFields } from "../views/group.ts";
import { pageOf } from "../views/page.ts";

export const queryConsumerGroupList = defineAction({
  name: "QueryConsumerGroupList",
  kind: "read",
  summary: "Lists the consumer groups of an instance.",
  request: z.object({
    ...commonParams,
    ...pageParams(1000),
    Fuzzy: withDefault(flag(), false),
    GroupName: optional(text()),
    SubBizCode: optional(text()),
    Type: optional(text()),
  }),
  handler(ctx, input) {
    const { GroupName: part, Fuzzy: fuzzy } = input;
    if (fuzzy && part === undefined) throw serviceError(GATEWAY_ERRORS.Missing, { parameter: "GroupName" });
    const place = placeOf(ctx, input);
    const all = [defaultGroup(ctx, place), ...iotStore(ctx.store).groups(listedPlaces(ctx, input))];
    const wanted = fuzzy && part !== undefined ? all.filter((group) => group.name.includes(part)) : all;
    const page = pageOf(wanted, input.CurrentPage, input.PageSize);
    return { ...page.fields, Data: { ConsumerGroupDTO: page.items.map(groupFields) } };
  },
});
