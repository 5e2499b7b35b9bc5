import { LEVEL_MEANS } from "../../../../contract/limits/cms.ts";
import { listed, namesListed, shown } from "../../../../contract/limits/message.ts";
import { ALERT_METHODS, type AlertMethod } from "../../../schema/alert-parts.ts";
import { isUnknown } from "../../../schema/unknown.ts";
import { CMS_PAGE_SIZE, CmsApi } from "../../api/cms.ts";
import { askOrWarn } from "../../host/ask.ts";
import type { Session } from "../../host/session.ts";
import type { CheckFailure, Properties } from "../../resource.ts";
import { DEFAULT_METHODS } from "./request.ts";

/** Pages of a list that are read at most. */
const PAGES_MAX = 20;
/** Whom alerts can be sent to. */
export interface Contacts {
  /** Names of the contacts, by group. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Means by which a contact is reached. */
  readonly means: ReadonlyMap<string, readonly string[]>;
}

/**
 * ALR-2 and ALR-7, as far as the service has to be asked: the contact groups exist, and a level reaches somebody by
 * its means unless there is a callback. When nobody answers, preview goes on with one warning for the whole run.
 */
export async function judgeContacts(
  session: Session,
  inputs: Properties,
  urn: string | undefined,
): Promise<CheckFailure[]> {
  const { contactGroups, region } = inputs;
  if (!Array.isArray(contactGroups) || typeof region !== "string" || isUnknown(region)) return [];
  const names = contactGroups.filter((name) => typeof name === "string" && name !== "" && !isUnknown(name));
  if (names.length === 0) return [];
  const asked = await askOrWarn(session, "contacts", urn, async () => {
    const isMissing = (contacts: Contacts) => names.some((name) => !contacts.groups.has(name));
    let contacts = await look(session, region);
    if (isMissing(contacts)) {
      // The group may have been made in this run, after the first look.
      session.memory.forget(lookKey(region));
      contacts = await look(session, region);
    }
    const missing = missingGroups(contactGroups, contacts);
    if (missing.length > 0 || names.length < contactGroups.length) return missing;
    return withoutMeans(names, inputs, contacts);
  });
  return asked?.answer ?? [];
}

function missingGroups(names: readonly unknown[], { groups }: Contacts): CheckFailure[] {
  const known = [...groups.keys()];
  const there = known.length === 0 ? "there is none" : `there are ${namesListed(known)}`;
  return names.flatMap((name, index) => {
    if (typeof name !== "string" || name === "" || name.includes(",") || isUnknown(name) || groups.has(name))
      return [];
    const text = `contactGroups[${index}] must be an existing contact group, got ${shown(name)}; ${there}. Make it first`;
    return [{ property: "contactGroups", reason: text, rule: "ALR-2" }];
  });
}

function withoutMeans(names: readonly string[], inputs: Properties, contacts: Contacts): CheckFailure[] {
  const methods = inputs.methods ?? DEFAULT_METHODS;
  if (inputs.callbackUrl !== undefined || !Array.isArray(methods)) return [];
  const reached = names.flatMap((name) =>
    (contacts.groups.get(name) ?? []).flatMap((contact) => contacts.means.get(contact) ?? []),
  );
  return methods.flatMap((method) => {
    if (typeof method !== "string" || !Object.hasOwn(ALERT_METHODS, method)) return [];
    const means: readonly string[] = LEVEL_MEANS[ALERT_METHODS[method as AlertMethod]];
    if (means.some((one) => reached.includes(one))) return [];
    const text =
      `methods must be levels that reach somebody, got ${shown(method)}: nobody in ${namesListed(names.map(shown), "or")} has ` +
      `${listed(means)}, and there is no callbackUrl`;
    return [{ property: "methods", reason: text, rule: "ALR-7" }];
  });
}

function lookKey(region: string): string {
  return `contacts ${region}`;
}

function look(session: Session, region: string): Promise<Contacts> {
  return session.memory.once(lookKey(region), () => readContacts(new CmsApi(session.api, region, true)), {
    keepFailure: true,
  });
}

async function readContacts(api: CmsApi): Promise<Contacts> {
  const groups = await pages(async (page) => (await api.contactGroups(page)).ContactGroupList?.ContactGroup);
  const contacts = await pages(async (page) => (await api.contacts(page)).Contacts?.Contact);
  return {
    groups: new Map(groups.map((group) => [group.Name ?? "", group.Contacts?.Contact ?? []])),
    means: new Map(
      contacts.map(({ Name = "", Channels = {} }) => [
        Name,
        Object.entries(Channels).flatMap(([means, address]) => (address ? [means] : [])),
      ]),
    ),
  };
}

/** Throws when there is more than the bound: half a list proves nothing. */
async function pages<T>(read: (page: number) => Promise<readonly T[] | undefined>): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const items = (await read(page)) ?? [];
    all.push(...items);
    if (items.length < CMS_PAGE_SIZE) return all;
  }
  throw new Error(`There are more than ${all.length}.`);
}
