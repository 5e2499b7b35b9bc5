import type { Kernel } from "../../core/kit/kernel.ts";
import type { Contact } from "../entities.ts";

/** Those that the contact has not are undefined. */
export function channels(kernel: Kernel, contact: Contact) {
  const { mail, sms, aliIm, sealedDingWebHook: sealed } = contact;
  return {
    Mail: mail,
    SMS: sms,
    AliIM: aliIm,
    DingWebHook: sealed === undefined ? undefined : kernel.vault.open(sealed),
  };
}

/** E-mail and phone are PENDING until they are confirmed. */
export function channelStates({ mail, sms, aliIm, sealedDingWebHook, confirmed }: Contact) {
  const state = (address: string | undefined, isConfirmed = true) =>
    address === undefined ? undefined : isConfirmed ? "OK" : "PENDING";
  return {
    Mail: state(mail, confirmed.includes("Mail")),
    SMS: state(sms, confirmed.includes("SMS")),
    AliIM: state(aliIm),
    DingWebHook: state(sealedDingWebHook),
  };
}

export function contactFields(kernel: Kernel, contact: Contact) {
  return {
    Name: contact.name,
    Desc: contact.description,
    Channels: channels(kernel, contact),
    CreateTime: contact.createdAtMs,
    UpdateTime: contact.updatedAtMs,
  };
}
