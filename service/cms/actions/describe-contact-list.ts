import { describeContactList as published } from "../../../contract/cms/contacts.ts";
import { defineAction } from "../../core/kit/action.ts";
import { cmsStore } from "../store.ts";
import { channelStates, channels, contactFields } from "../views/contact.ts";
import { pageOf } from "../views/page.ts";

export const describeContactList = defineAction(published, (ctx, input) => {
  const { ContactName: name, ChanelType: type, ChanelValue: value } = input;
  const { contacts, groups } = cmsStore(ctx.store);
  const allGroups = groups.all();
  const found = contacts
    .all()
    .filter((contact) => name === undefined || contact.name === name)
    .filter((contact) => {
      const address = type === undefined ? undefined : channels(ctx, contact)[type];
      return type === undefined || (address !== undefined && (value === undefined || address === value));
    });
  const items = pageOf(found, input.PageNumber, input.PageSize).map((contact) => ({
    ...contactFields(ctx, contact),
    Lang: contact.lang,
    ChannelsState: channelStates(contact),
    ContactGroups: {
      ContactGroup: allGroups
        .filter((group) => group.contacts.includes(contact.name))
        .map((group) => group.name),
    },
  }));
  return { Contacts: { Contact: items }, Total: found.length };
});
