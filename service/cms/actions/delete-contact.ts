/* DeleteContact, version 2019-01-01: deletes a contact and takes it off its groups. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";
import { commonParams } from "../params.ts";

export const deleteContact = defineAction({
  name: "DeleteContact",
  kind: "write",
  summary: "Deletes an alert contact.",
  request: z.object({ ...commonParams, ContactName: text() }),
  handler(ctx, input) {
    engine.deleteContact(ctx, input.ContactName);
    return {};
  },
});
