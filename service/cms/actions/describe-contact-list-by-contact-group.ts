import { describeContactListByContactGroup as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { contactGroupOf, contactOf } from "../engine/contacts.ts";
import { contactFields } from "../views/contact.ts";

export const describeContactListByContactGroup = defineAction(published, (ctx, input) => {
  const { contacts } = contactGroupOf(ctx, input.ContactGroupName);
  return { Contacts: { Contact: contacts.map((name) => contactFields(ctx, contactOf(ctx, name))) } };
});
