/*
 * PutContactGroup, version 2019-01-01: makes a contact group or changes it. What is not sent stays: clients send only
 * what changed. A contact that does not exist is refused.
 */
import { z } from "zod";
import { CONTACTS_MAX } from "../../../contract/limits/cms-contacts.ts";
import { flag, list, optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import * as engine from "../engine/contacts.ts";
import { commonParams } from "../params.ts";

/** Rules join the names of their groups by commas. */
const contactGroupName = text(
  z.string().regex(/^[^,\s]([^,]*[^,\s])?$/, {
    error: "must not contain a comma, nor begin or end with a blank",
  }),
);

export const putContactGroup = defineAction({
  name: "PutContactGroup",
  kind: "write",
  summary: "Makes or changes an alert contact group.",
  partial: "weekly reports are not sent",
  request: z.object({
    ...commonParams,
    ContactGroupName: contactGroupName,
    ContactNames: optional(list(text(), { max: CONTACTS_MAX })),
    Describe: optional(text()),
    EnableSubscribed: optional(flag()),
  }),
  handler(ctx, input) {
    engine.putContactGroup(ctx, {
      name: input.ContactGroupName,
      description: input.Describe,
      contacts: input.ContactNames,
      subscribed: input.EnableSubscribed,
    });
    return {};
  },
});
