import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { untagResources as published } from "../../../contract/eventbridge/tags.ts";
import { defineAction } from "../../core/kit/action.ts";
import { taggedStreams } from "../engine/tags.ts";
import { eventbridgeStore } from "../store.ts";

/** A key that is not there is no failure. */
export const untagResources = defineAction(published, (ctx, input) => {
  const keys = input.TagKey?.length ? input.TagKey : undefined;
  if (!keys && !input.All) {
    throw serviceError(GATEWAY_ERRORS.Missing, {
      parameter: "TagKey",
      detail: "Give TagKey.N or All=true.",
    });
  }
  const store = eventbridgeStore(ctx.store);
  ctx.store.transaction(() => {
    for (const { region, name } of taggedStreams(ctx, input.ResourceId)) store.deleteTags(region, name, keys);
  });
  return {};
});
