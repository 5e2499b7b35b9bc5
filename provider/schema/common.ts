import { z } from "zod";
import { regionId } from "../../contract/limits/dts.ts";
import { TAGS_MAX, tagKeyRefusal, tagPartRefusal } from "../../contract/limits/tags.ts";
import { boundedInteger, refuse } from "../../contract/limits/text.ts";
import { CHANGES_NOTHING, REPLACES } from "./marks.ts";

/** Longest wait that can be asked for: one day. */
const TIMEOUT_SECONDS_MAX = 86_400;

const seconds = boundedInteger(1, TIMEOUT_SECONDS_MAX, "seconds");

/** How long each operation may take before it fails, by operation, in seconds. */
export const DEFAULT_TIMEOUTS = { create: 1800, update: 1800, delete: 1800 } as const;

/** Bounds on waiting. Custom timeouts of the engine do not reach a dynamic provider, so they are inputs. */
export const timeouts = z
  .strictObject({
    create: seconds.optional().describe("Seconds to wait for a create, 1 to 86400. Default 1800."),
    update: seconds.optional().describe("Seconds to wait for an update, 1 to 86400. Default 1800."),
    delete: seconds.optional().describe("Seconds to wait for a delete, 1 to 86400. Default 1800."),
  })
  .optional()
  .describe(
    "Bounds on waiting, in seconds, 1 to 86400 each; the engine's customTimeouts do not reach this provider. Default 1800 each.",
  )
  .meta(CHANGES_NOTHING);

export const region = regionId
  .optional()
  .describe(
    "Region of the instance, for example cn-hangzhou. Default: the configured `changetracking:region`, else cn-hangzhou.",
  )
  .meta(REPLACES);

export const adoptExisting = z
  .boolean()
  .optional()
  .describe("Take over what already exists under this name instead of failing. Default false.")
  .meta(CHANGES_NOTHING);

export const tags = z
  .record(z.string(), z.string())
  .superRefine((value, ctx) => {
    const count = Object.keys(value).length;
    if (count > TAGS_MAX) refuse(ctx, `must hold at most ${TAGS_MAX} tags, got ${count}`);
    for (const [key, text] of Object.entries(value)) {
      const wrongKey = tagKeyRefusal(key);
      const wrongValue = typeof text === "string" ? tagPartRefusal(text) : undefined;
      if (wrongKey !== undefined) refuse(ctx, `keys ${wrongKey}`);
      if (wrongValue !== undefined) refuse(ctx, `values ${wrongValue}`);
    }
  })
  .meta({ maxProperties: TAGS_MAX })
  .optional()
  .describe("Tags by key, at most 20; a key is not empty. Default none. Source: TagResources.");
