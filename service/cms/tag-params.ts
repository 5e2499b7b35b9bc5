import { z } from "zod";
import { list, text } from "../core/params.ts";
import { commonParams } from "./params.ts";

/** Request of AddTags and RemoveTags. */
export const tagRequest = z.object({
  ...commonParams,
  GroupIds: list(text(), { min: 1, max: 20 }),
  Tag: list(z.object({ Key: text(), Value: text() }), { min: 1, max: 20 }),
});
