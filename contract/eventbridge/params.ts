import { z } from "zod";
import { streamName } from "../limits/eventbridge.ts";
import { once } from "../once.ts";
import { optional, text, textOrEmpty } from "../params.ts";

/** RegionId is in the host name of the real service; most clients send none. */
export const commonParams = once(() => ({ RegionId: optional(text()) }));

export const streamParams = once(() => ({ ...commonParams(), EventStreamingName: text(streamName) }));

/** A tag that is looked for; without a value any value will do. */
export const tagFilter = once(() => z.object({ Key: text(), Value: z.optional(textOrEmpty()) }));
