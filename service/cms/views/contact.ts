import type { Kernel } from "../../core/kit/kernel.ts";
import type { Contact } from "../entities.ts";

/** Only the channels that a contact has. */
export function channels(kernel: Kernel, contact: Contact) {
  const { mail, sms, aliIm, sealedDingWebHook: sealed } = contact;
  return {
    ...(mail === undefined ? {} : { Mail: mail }),
    ...(sms === undefined ? {} : { SMS: sms }),
    ...(aliIm === undefined ? {} : { AliIM: aliIm }),
    ...(sealed === undefined ? {} : { DingWebHook: kernel.vault.open(sealed) }),
  };
}

/** E-mail and phone are PENDING until they are confirmed. */
export function channelStates({ mail, sms, aliIm, sealedDingWebHook, confirmed }: Contact) {
  const state = (channel: Contact["confirmed"][number]) => (confirmed.includes(channel) ? "OK" : "PENDING");
  return {
    ...(mail === undefined ? {} : { Mail: state("Mail") }),
    ...(sms === undefined ? {} : { SMS: state("SMS") }),
    ...(aliIm === undefined ? {} : { AliIM: "OK" }),
    ...(sealedDingWebHook === undefined ? {} : { DingWebHook: "OK" }),
  };
}

/** The request says Describe, the answer Desc. */
export function contactFields(kernel: Kernel, contact: Contact) {
  return {
    Name: contact.name,
    Desc: contact.description,
    Channels: channels(kernel, contact),
    CreateTime: contact.createdAtMs,
    UpdateTime: contact.updatedAtMs,
  };
}
