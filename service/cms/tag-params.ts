import { z } from "zod";
import { GROUP_TAGS_MAX, groupTagPart } from "../../contract/limits/cms-contacts.ts";
import { list, text } from "../../contract/params.ts";
import { commonParams } from "./params.ts";

/** Request of AddTags. */
export const addTagsRequest = z.object({
  ...commonParams,
  GroupIds: list(text(), { min: 1, max: 20 }),
  Tag: list(z.object({ Key: text(groupTagPart), Value: text(groupTagPart) }), {
    min: 1,
    max: GROUP_TAGS_MAX,
  }),
});

/** Request of RemoveTags; the page gives no numbers for it. */
export const removeTagsRequest = z.object({
  ...commonParams,
  GroupIds: list(text(), { min: 1, max: 20 }),
  Tag: list(z.object({ Key: text(), Value: text() }), { min: 1, max: 20 }),
});
