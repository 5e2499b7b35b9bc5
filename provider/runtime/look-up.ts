import { namesListed } from "../../contract/limits/message.ts";
import { DtsApi } from "./api/dts.ts";
import { ProviderError } from "./host/errors.ts";
import { makeSession, type Session } from "./host/session.ts";
import type { ReadConfig } from "./host/settings.ts";
import { isInstanceGone, type ObservedInstance, observeInstance } from "./observe/instance.ts";
import { listJobs } from "./observe/jobs.ts";
import { listGroups, type ObservedGroup } from "./observe/tracking-groups.ts";
import type { Properties } from "./resource.ts";
import { findPlatform } from "./resources/consumer-group/platforms.ts";
import { listTags } from "./resources/shared/instance-tags.ts";

/* Look-ups run in the program's own process; the host has no functions for them. */

export interface InstanceQuery {
  readonly instanceId?: string | undefined;
  readonly name?: string | undefined;
  readonly region?: string | undefined;
}

export interface GroupQuery {
  /** Default `changeTracking`. */
  readonly platform?: string | undefined;
  /** Platforms `changeTracking` and `rocketmq`. */
  readonly instance?: string | undefined;
  readonly groupId?: string | undefined;
  readonly name?: string | undefined;
  readonly region?: string | undefined;
}

export interface FoundInstance
  extends Omit<ObservedInstance, "source" | "network" | "errorMessage" | "brokerUrl"> {
  readonly region: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface FoundGroup extends Omit<ObservedGroup, "id"> {
  readonly groupId: string;
  readonly instance: string;
  readonly region: string;
}

let session: Session | undefined;

/** One instance by id or by name. Throws ProviderError `NotFound`, or `AlreadyExists` when several have the name. */
export async function lookUpInstance(read: ReadConfig, query: InstanceQuery): Promise<FoundInstance> {
  session ??= makeSession({ read });
  const region = query.region ?? session.settings.region;
  const api = new DtsApi(session.api, region);
  const instanceId = query.instanceId ?? (await idByName(api, query.name, region));
  const observed = await observeInstance(api, instanceId);
  if (observed === undefined) throw notFound(`change tracking instance ${instanceId}`, region);
  const { source: _, network: __, errorMessage: ___, brokerUrl: ____, ...shown } = observed;
  return { ...shown, region, tags: (await listTags(api, instanceId)).tags };
}

/** One group by id or by name, with what its platform tells. Throws ProviderError `NotFound`. */
export async function lookUpGroup(read: ReadConfig, query: GroupQuery): Promise<Properties> {
  session ??= makeSession({ read });
  const { platform = "changeTracking" } = query;
  return platform === "changeTracking"
    ? { ...(await lookUpTrackingGroup(session, query)) }
    : lookUpPlatformGroup(session, platform, query);
}

async function lookUpPlatformGroup(
  session: Session,
  platformName: string,
  query: GroupQuery,
): Promise<Properties> {
  const region = query.region ?? session.settings.region;
  const wanted = query.groupId ?? query.name;
  if (wanted === undefined) throw missing("groupId or name");
  const platform = await findPlatform(platformName);
  if (platform === undefined) throw missing("a platform that has groups");
  const props = { ...query, platform: platformName, region };
  const isNamed = query.groupId === undefined && platform.findId !== undefined;
  const id = isNamed ? await platform.findId?.(session, props) : wanted;
  const found = id === undefined ? undefined : await platform.read(session, id, props);
  if (found === undefined || found.id === "") {
    throw notFound(`consumer group "${wanted}" of platform ${platformName}`, region);
  }
  return { ...found.props, groupId: found.id };
}

async function lookUpTrackingGroup(session: Session, query: GroupQuery): Promise<FoundGroup> {
  const { instance } = query;
  if (instance === undefined) throw missing("instance");
  const region = query.region ?? session.settings.region;
  const wanted = query.groupId ?? query.name;
  if (wanted === undefined) throw missing("groupId or name");
  const groups = await groupsOf(new DtsApi(session.api, region), instance, region);
  const found = groups.find((group) => (query.groupId === undefined ? group.name : group.id) === wanted);
  if (found === undefined) throw notFound(`consumer group "${wanted}" on instance ${instance}`, region);
  const { id, ...shown } = found;
  return { ...shown, groupId: id, instance, region };
}

async function groupsOf(api: DtsApi, instance: string, region: string): Promise<ObservedGroup[]> {
  try {
    return await listGroups(api, instance);
  } catch (error) {
    if (isInstanceGone(error)) throw notFound(`change tracking instance ${instance}`, region);
    throw error;
  }
}

async function idByName(api: DtsApi, name: string | undefined, region: string): Promise<string> {
  if (name === undefined) throw missing("instanceId or name");
  const found = (await listJobs(api, { Type: "name", Params: name })).filter(
    (job) => job.DtsJobName === name,
  );
  const ids = found.flatMap((job) => job.DtsInstanceID ?? []);
  const [id] = ids;
  if (id === undefined) throw notFound(`change tracking instance called "${name}"`, region);
  if (ids.length === 1) return id;
  throw new ProviderError(
    "AlreadyExists",
    `several change tracking instances are called "${name}": ${namesListed(ids)}; look one up by instanceId`,
  );
}

function notFound(what: string, region: string): ProviderError {
  return new ProviderError("NotFound", `there is no ${what} in ${region}`);
}

function missing(fields: string): ProviderError {
  return new ProviderError("InvalidInputs", `a look-up needs ${fields}`);
}
