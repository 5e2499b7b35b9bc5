import type { DescribeConsumerChannelAnswer } from "../../../../../contract/dts/index.ts";
import { CHANNEL_PAGE_SIZE_MAX } from "../../../../../contract/dts/index.ts";
import { DTS_ERRORS } from "../../../../../contract/errors/index.ts";
import { DtsApi } from "../../../api/dts.ts";
import { hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";

/** A group as the service describes it. */
export interface ObservedGroup {
  readonly id: string;
  readonly name: string;
  readonly account: string;
  readonly status: {
    readonly connected: boolean;
    readonly checkpoint: string;
    readonly unconsumed: number;
    readonly delaySeconds: number;
  };
}

/** Where a group lives. */
export interface GroupPlace {
  readonly region: string;
  readonly instance: string;
}

/** Bound against a service that never says the list is at its end. */
const PAGES_MAX = 100;
/** A list younger than this serves all resources of a run; whoever writes forgets it. */
const LIST_MS_MAX = 5_000;
/** -1 in a figure says that no client is connected; so it is published. */
const NO_CLIENT = -1;

/** What a group is right after it was made. */
export function freshGroup(id: string, name: string, account: string): ObservedGroup {
  const status = { connected: false, checkpoint: "", unconsumed: NO_CLIENT, delaySeconds: NO_CLIENT };
  return { id, name, account, status };
}

/** All groups of an instance, asked now. Throws ApiError `Forbidden.InstanceNotFound` when it is gone. */
export async function listGroups(api: DtsApi, instance: string): Promise<ObservedGroup[]> {
  const groups: ObservedGroup[] = [];
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const answer = await api.groups({
      DtsInstanceId: instance,
      PageNumber: page,
      PageSize: CHANNEL_PAGE_SIZE_MAX,
    });
    const channels = answer.ConsumerChannels ?? [];
    groups.push(...channels.map(observed));
    if (channels.length < CHANNEL_PAGE_SIZE_MAX) break;
  }
  return groups;
}

/** The same, shared by all who ask within a few seconds of one run. */
export function listGroupsShared(session: Session, place: GroupPlace): Promise<ObservedGroup[]> {
  const list = () => listGroups(new DtsApi(session.api, place.region), place.instance);
  return session.memory.once(cacheKey(place), list, {
    age: { clock: session.clock, ageMsMax: LIST_MS_MAX },
  });
}

/** The list of before the run's own changes: to tell what was there from what a create has made. */
export function listGroupsAtFirst(session: Session, place: GroupPlace): Promise<ObservedGroup[]> {
  const list = () => listGroups(new DtsApi(session.api, place.region), place.instance);
  return session.memory.once(`first ${cacheKey(place)}`, list);
}

/** To be called after every change, and when a list turned out to be old. */
export function forgetGroups(session: Session, place: GroupPlace): void {
  session.memory.forget(cacheKey(place));
}

export function isInstanceGone(error: unknown): boolean {
  return hasCode(error, DTS_ERRORS.InstanceNotFound.code, DTS_ERRORS.InvalidJobId.code);
}

/** For a create or an update: there is nothing to make the group on. */
export function explainedGone(instance: string, error: unknown): unknown {
  if (!isInstanceGone(error)) return error;
  return new ProviderError(
    "NotFound",
    `the change tracking instance ${instance} does not exist any more, and its consumer groups went with it (after a ` +
      "destroy that was cut off, say). Run `pulumi refresh`, then `pulumi up` makes again what the program has and the " +
      "service has not, or `pulumi destroy` ends the destroy; an id that the program writes out has to be that of another one",
    { cause: error },
  );
}

function cacheKey({ region, instance }: GroupPlace): string {
  return `groups ${region} ${instance}`;
}

function observed(
  channel: NonNullable<DescribeConsumerChannelAnswer["ConsumerChannels"]>[number],
): ObservedGroup {
  const unconsumed = channel.UnconsumedData ?? NO_CLIENT;
  return {
    id: channel.ConsumerGroupId ?? "",
    name: channel.ConsumerGroupName ?? "",
    account: channel.ConsumerGroupUserName ?? "",
    status: {
      connected: unconsumed >= 0,
      checkpoint: channel.ConsumptionCheckpoint ?? "",
      unconsumed,
      delaySeconds: channel.MessageDelay ?? NO_CLIENT,
    },
  };
}
