import { z } from "zod";
import { callbackUrl } from "../limits/cms.ts";
import { CONTACTS_MAX, mailAddress } from "../limits/cms-contacts.ts";
import { oneOf } from "../limits/text.ts";
import { once } from "../once.ts";
import { flag, list, optional, text } from "../params.ts";
import { cmsAction, outcome } from "./actions-of.ts";
import { commonParams, pageParams } from "./params.ts";

/** Alert contacts, and the groups of them that rules name. */

const testedBy = ["test/service/cms/clients.test.ts", "test/service/cms/further.test.ts"];

const channels = { AliIM: "string", DingWebHook: "string", Mail: "string", SMS: "string" } as const;

/** The request says Describe, the answer Desc. */
const contact = {
  Channels: channels,
  CreateTime: "integer",
  Desc: "string",
  Name: "string",
  UpdateTime: "integer",
} as const;

/** Replaces the channels, of which a contact needs one. A new or changed address is PENDING until it is confirmed. */
export const putContact = cmsAction({
  name: "PutContact",
  kind: "write",
  summary: "Makes or changes an alert contact.",
  coverage: { missing: "nothing is sent to contacts yet" },
  testedBy,
  request: () =>
    z.object({
      ...commonParams(),
      ContactName: text(),
      Describe: text(),
      Lang: optional(oneOf(["zh-cn", "en"])),
      Channels: optional(
        z.object({
          Mail: optional(text(mailAddress)),
          SMS: optional(text()),
          AliIM: optional(text()),
          DingWebHook: optional(callbackUrl),
        }),
      ),
    }),
  answer: outcome,
});

/** ContactName is a whole name. ChanelType is the published spelling; with ChanelValue it finds an address. */
export const describeContactList = cmsAction({
  name: "DescribeContactList",
  kind: "read",
  summary: "Lists alert contacts.",
  coverage: "whole",
  testedBy,
  request: () =>
    z.object({
      ...commonParams(),
      ...pageParams(100, 1000),
      ContactName: optional(text()),
      ChanelType: optional(oneOf(["Mail", "SMS", "AliIM", "DingWebHook"])),
      ChanelValue: optional(text()),
    }),
  answer: {
    ...outcome,
    Contacts: {
      Contact: [
        {
          ...contact,
          ChannelsState: channels,
          ContactGroups: { ContactGroup: ["string"] },
          Lang: "string",
        },
      ],
    },
    Total: "integer",
  },
});

/** In the group's order. */
export const describeContactListByContactGroup = cmsAction({
  name: "DescribeContactListByContactGroup",
  kind: "read",
  summary: "Lists the contacts of an alert contact group.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), ContactGroupName: text() }),
  answer: { ...outcome, Contacts: { Contact: [contact] } },
});

/** Takes the contact off its groups. */
export const deleteContact = cmsAction({
  name: "DeleteContact",
  kind: "write",
  summary: "Deletes an alert contact.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), ContactName: text() }),
  answer: outcome,
});

/** Rules join the names of their groups by commas. */
const contactGroupName = once(() =>
  text(
    z.string().regex(/^[^,\s]([^,]*[^,\s])?$/, {
      error: "must not contain a comma, nor begin or end with a blank",
    }),
  ),
);

/** What is not sent stays: clients send only what changed. A contact that does not exist is refused. */
export const putContactGroup = cmsAction({
  name: "PutContactGroup",
  kind: "write",
  summary: "Makes or changes an alert contact group.",
  coverage: { missing: "weekly reports are not sent" },
  testedBy,
  request: () =>
    z.object({
      ...commonParams(),
      ContactGroupName: contactGroupName(),
      ContactNames: optional(list(text(), { max: CONTACTS_MAX })),
      Describe: optional(text()),
      EnableSubscribed: optional(flag()),
    }),
  answer: outcome,
});

/** As objects, and beside them as names. */
export const describeContactGroupList = cmsAction({
  name: "DescribeContactGroupList",
  kind: "read",
  summary: "Lists alert contact groups.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), ...pageParams(100, 1000) }),
  answer: {
    ...outcome,
    ContactGroupList: {
      ContactGroup: [
        {
          Contacts: { Contact: ["string"] },
          CreateTime: "integer",
          Describe: "string",
          EnableSubscribed: "boolean",
          EnabledWeeklyReport: "boolean",
          Name: "string",
          UpdateTime: "integer",
        },
      ],
    },
    ContactGroups: { ContactGroup: ["string"] },
    Total: "integer",
  },
});

/** The contacts of the group stay. */
export const deleteContactGroup = cmsAction({
  name: "DeleteContactGroup",
  kind: "write",
  summary: "Deletes an alert contact group.",
  coverage: "whole",
  testedBy,
  request: () => z.object({ ...commonParams(), ContactGroupName: text() }),
  answer: outcome,
});
