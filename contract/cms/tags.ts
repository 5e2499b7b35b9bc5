import { z } from "zod";
import { GROUP_TAGS_MAX, groupTagPart } from "../limits/cms-contacts.ts";
import { once } from "../once.ts";
import { list, text } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import { commonParams } from "./params.ts";

/** Tags of application groups. */

const testedBy = ["test/service/cms/clients.test.ts"];
const coverage = {
  missing: "application groups are not served: any id is taken. Tags of alert rules are their Labels",
};
const groupParams = once(() => ({ ...commonParams(), GroupIds: list(text(), { min: 1, max: 20 }) }));

/** A key that is there gets the new value. */
export const addTags = cmsAction({
  name: "AddTags",
  kind: "write",
  summary: "Puts tags on application groups.",
  coverage,
  testedBy,
  request: () =>
    z.object({
      ...groupParams(),
      Tag: list(z.object({ Key: text(groupTagPart), Value: text(groupTagPart) }), {
        min: 1,
        max: GROUP_TAGS_MAX,
      }),
    }),
  answer: outcome,
});

/** Names those groups that had one of the tags. No bounds are published; 20 is chosen. */
export const removeTags = cmsAction({
  name: "RemoveTags",
  kind: "write",
  summary: "Takes tags off application groups.",
  coverage,
  testedBy,
  request: () =>
    z.object({
      ...groupParams(),
      Tag: list(z.object({ Key: text(), Value: text() }), { min: 1, max: 20 }),
    }),
  answer: { ...outcome, Tag: { Tags: ["string"] } },
});
