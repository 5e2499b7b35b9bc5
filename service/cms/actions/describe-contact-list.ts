/*
 * DescribeContactList, version 2019-01-01: contacts, oldest first. ContactName is a whole name. ChanelType is the
 * published spelling; with ChanelValue it finds an address.
 */
import { z } from "zod";
import { oneOf } from "../../../contract/limits/text.ts";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { commonParams, pageParams } from "../params.ts";
import { cmsStore } from "../store.ts";
import { channelStates, channels, contactFields } from "../views/contact.ts";
import { pageOf } from "../views/page.ts";

export const describeContactList = defineAction({
  name: "DescribeContactList",
  kind: "read",
  summary: "Lists alert contacts.",
  request: z.object({
    ...commonParams,
    ...pageParams(100, 1000),
    ContactName: optional(text()),
    ChanelType: optional(oneOf(["Mail", "SMS", "AliIM", "DingWebHook"])),
    ChanelValue: optional(text()),
  }),
  handler(
    ctx,
    { ContactName: name, ChanelType: type, ChanelValue: value, PageNumber: page, PageSize: size },
  ) {
    const { contacts, groups } = cmsStore(ctx.store);
    const allGroups = groups.all();
    const found = contacts
      .all()
      .filter((contact) => name === undefined || contact.name === name)
      .filter((contact) => {
        const address = type === undefined ? undefined : channels(ctx, contact)[type];
        return type === undefined || (address !== undefined && (value === undefined || address === value));
      });
    const items = pageOf(found, page, size).map((contact) => ({
      ...contactFields(ctx, contact),
      ...(contact.lang === undefined ? {} : { Lang: contact.lang }),
      ChannelsState: channelStates(contact),
      ContactGroups: {
        ContactGroup: allGroups
          .filter((group) => group.contacts.includes(contact.name))
          .map((group) => group.name),
      },
    }));
    return { Contacts: { Contact: items }, Total: found.length };
  },
});
