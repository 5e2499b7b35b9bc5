import { listEventStreamings as published } from "../../../contract/eventbridge/streams.ts";
import { queueOfArn } from "../../../contract/limits/eventbridge.ts";
import { defineAction } from "../../core/kit/action.ts";
import { hasTags } from "../../core/kit/tags.ts";
import { tokenPage } from "../../core/kit/token-page.ts";
import { configurationOf } from "../engine/configuration.ts";
import { sinkPlace } from "../engine/sink-place.ts";
import { eventbridgeStore } from "../store.ts";
import { pageStart } from "../views/page.ts";
import { streamFields } from "../views/stream.ts";

export const listEventStreamings = defineAction(published, (ctx, input) => {
  const from = pageStart(input.NextToken);
  const store = eventbridgeStore(ctx.store);
  const queue = input.SinkArn === undefined ? undefined : queueOfArn(input.SinkArn);
  const wanted = store.streams(ctx.namedRegion).filter((stream) => {
    if (!stream.name.startsWith(input.NamePrefix ?? "")) return false;
    if (input.Tags?.length && !hasTags(store.tags(stream.region, stream.name), input.Tags)) return false;
    if (input.SinkArn === undefined) return true;
    const place = sinkPlace(configurationOf(ctx, stream).Sink);
    return place?.instance === queue?.instance && place?.topic === queue?.topic && queue !== undefined;
  });
  const { items, next } = tokenPage(wanted, from, input.Limit);
  return {
    Data: {
      EventStreamings: items.map((stream) => streamFields(ctx, stream)),
      NextToken: next,
      Total: wanted.length,
    },
  };
});
