import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { LEVEL_MEANS, type Level } from "../../../contract/limits/cms.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { ConfirmedChannel, Contact, ContactGroup } from "../entities.ts";
import { cmsStore } from "../store.ts";

export interface ContactInput {
  readonly name: string;
  readonly description: string;
  readonly lang?: string | undefined;
  readonly mail?: string | undefined;
  readonly sms?: string | undefined;
  readonly aliIm?: string | undefined;
  readonly dingWebHook?: string | undefined;
}

/**
 * Makes a contact or replaces its channels; a language that is not sent stays. An address that is new or has changed
 * has to be confirmed again.
 */
export function putContact(kernel: Kernel, input: ContactInput): void {
  const { contacts } = cmsStore(kernel.store);
  const now = kernel.clock.now();
  const { dingWebHook, ...rest } = input;
  const sealedDingWebHook = dingWebHook === undefined ? undefined : kernel.vault.seal(dingWebHook);
  kernel.store.transaction(() => {
    const present = contacts.get(input.name);
    const same: Record<ConfirmedChannel, boolean> = {
      Mail: input.mail !== undefined && input.mail === present?.mail,
      SMS: input.sms !== undefined && input.sms === present?.sms,
    };
    contacts.put({
      ...rest,
      lang: input.lang ?? present?.lang,
      sealedDingWebHook,
      confirmed: (present?.confirmed ?? []).filter((channel) => same[channel]),
      createdAtMs: present?.createdAtMs ?? now,
      updatedAtMs: now,
    });
  });
}

/** What the person does who gets the message: confirms e-mail and phone. No published call does it. */
export function confirmContact(kernel: Kernel, name: string): Contact {
  const { contacts } = cmsStore(kernel.store);
  return kernel.store.transaction(() => {
    const present = contactOf(kernel, name);
    const confirmed: ConfirmedChannel[] = [];
    if (present.mail !== undefined) confirmed.push("Mail");
    if (present.sms !== undefined) confirmed.push("SMS");
    const changed = { ...present, confirmed };
    contacts.put(changed);
    return changed;
  });
}

/** Deletes a contact and takes it off its groups. */
export function deleteContact(kernel: Kernel, name: string): void {
  const { contacts, groups } = cmsStore(kernel.store);
  kernel.store.transaction(() => {
    contactOf(kernel, name);
    contacts.remove(name);
    for (const group of groups.all().filter((one) => one.contacts.includes(name)))
      groups.put({ ...group, contacts: group.contacts.filter((one) => one !== name) });
  });
}

export function contactOf(kernel: Kernel, name: string): Contact {
  const contact = cmsStore(kernel.store).contacts.get(name);
  if (contact) return contact;
  throw serviceError(CMS_ERRORS.ContactNotExists, { detail: `Asked for ${JSON.stringify(name)}.` });
}

export interface ContactGroupInput {
  readonly name: string;
  readonly description?: string | undefined;
  readonly contacts?: readonly string[] | undefined;
  readonly subscribed?: boolean | undefined;
}

/** Makes a contact group or changes it; what is not sent stays, because clients send only what changed. */
export function putContactGroup(kernel: Kernel, input: ContactGroupInput): void {
  const { groups } = cmsStore(kernel.store);
  const now = kernel.clock.now();
  kernel.store.transaction(() => {
    for (const name of input.contacts ?? []) contactOf(kernel, name);
    const present = groups.get(input.name);
    groups.put({
      name: input.name,
      description: input.description ?? present?.description ?? "",
      contacts: [...new Set(input.contacts ?? present?.contacts ?? [])],
      subscribed: input.subscribed ?? present?.subscribed ?? false,
      createdAtMs: present?.createdAtMs ?? now,
      updatedAtMs: now,
    });
  });
}

/** Deletes a contact group; rules that name it stay and tell nobody. */
export function deleteContactGroup(kernel: Kernel, name: string): void {
  kernel.store.transaction(() => {
    contactGroupOf(kernel, name);
    cmsStore(kernel.store).groups.remove(name);
  });
}

export function contactGroupOf(kernel: Kernel, name: string): ContactGroup {
  const group = cmsStore(kernel.store).groups.get(name);
  if (group) return group;
  throw serviceError(CMS_ERRORS.ContactGroupNotExists, {
    detail: `Asked for ${JSON.stringify(name)}; make it with PutContactGroup first.`,
  });
}

/** ALR-7: whether anybody in the groups can be reached by the means of a level, confirmed or not. */
export function hasMeans(kernel: Kernel, groupNames: readonly string[], level: Level): boolean {
  const { contacts, groups } = cmsStore(kernel.store);
  // A group may be gone since.
  const names = groupNames.flatMap((name) => groups.get(name)?.contacts ?? []);
  return names.some((name) => {
    const contact = contacts.get(name);
    if (!contact) return false;
    const reached: Record<(typeof LEVEL_MEANS)[Level][number], unknown> = {
      Mail: contact.mail,
      SMS: contact.sms,
      DingWebHook: contact.sealedDingWebHook,
    };
    return LEVEL_MEANS[level].some((means) => reached[means] !== undefined);
  });
}
