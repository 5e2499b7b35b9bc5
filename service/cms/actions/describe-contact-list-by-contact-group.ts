/* DescribeContactListByContactGroup, version 2019-01-01: the contacts of a group in the group's order. */
import { z } from "zod";
import { text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { contactGroupOf, contactOf } from "../engine/contacts.ts";
import { commonParams } from "../params.ts";
import { contactFields } from "../views/contact.ts";

export const describeContactListByContactGroup = defineAction({
  name: "DescribeContactListByContactGroup",
  kind: "read",
  summary: "Lists the contacts of an alert contact group.",
  request: z.object({ ...commonParams, ContactGroupName: text() }),
  handler(ctx, input) {
    const { contacts } = contactGroupOf(ctx, input.ContactGroupName);
    return { Contacts: { Contact: contacts.map((name) => contactFields(ctx, contactOf(ctx, name))) } };
  },
});
