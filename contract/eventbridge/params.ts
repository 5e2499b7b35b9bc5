import { z } from "zod";
import { streamName } from "../limits/eventbridge.ts";
import { optional, text, textOrEmpty } from "../params.ts";

/** RegionId is in the host name of the real service; most clients send none. */
export const commonParams = { RegionId: optional(text()) };

export const streamParams = { ...commonParams, EventStreamingName: text(streamName) };

/** A tag that is looked for; without a value any value will do. */
export const tagFilter = z.object({ Key: text(), Value: z.optional(textOrEmpty()) });
