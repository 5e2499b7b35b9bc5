import { describeContactListByContactGroup as published } from "../../../contract/cms/contacts.ts";
import { serveAction } from "../../core/kit/action.ts";
import { contactGroupOf, contactOf } from "../engine/contacts.ts";
import { contactFields } from "../views/contact.ts";

export const describeContactListByContactGroup = serveAction(published, (ctx, input) => {
  const { contacts } = contactGroupOf(ctx, input.ContactGroupName);
  return { Contacts: { Contact: contacts.map((name) => contactFields(ctx, contactOf(ctx, name))) } };
});
