/* DeleteContactGroup, version 2019-01-01: deletes a contact group; its contacts stay. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";
import { commonParams } from "../params.ts";

export const deleteContactGroup = defineAction({
  name: "DeleteContactGroup",
  kind: "write",
  summary: "Deletes an alert contact group.",
  request: z.object({ ...commonParams, ContactGroupName: text() }),
  handler(ctx, input) {
    engine.deleteContactGroup(ctx, input.ContactGroupName);
    return {};
  },
});
