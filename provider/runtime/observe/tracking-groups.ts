import type { AnswerFieldsOf } from "../../../contract/action.ts";
import type { describeConsumerChannel } from "../../../contract/dts/consumer-channels.ts";
import { CHANNEL_PAGE_SIZE_MAX } from "../../../contract/dts/params.ts";
import { DtsApi } from "../api/dts.ts";
import { readPages } from "../api/pages.ts";
import type { Session } from "../host/session.ts";

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

const PAGES_MAX = 100;
/** A list younger than this serves all resources of a run; whoever writes forgets it. */
const LIST_MS_MAX = 5_000;
/** -1 in a figure says that no client is connected; so it is published. */
export const NO_CLIENT = -1;

/** All groups of an instance, asked now. Throws ApiError `Forbidden.InstanceNotFound` when it is gone. */
export async function listGroups(api: DtsApi, instance: string): Promise<ObservedGroup[]> {
  const wanted = { DtsInstanceId: instance, PageSize: CHANNEL_PAGE_SIZE_MAX };
  const read = async (page: number) => (await api.groups({ ...wanted, PageNumber: page })).ConsumerChannels;
  return (await readPages(CHANNEL_PAGE_SIZE_MAX, PAGES_MAX, read)).map(observed);
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

/** For checks of a preview: one short try for all of a run, also when nobody answers. */
export function lookAtGroups(session: Session, place: GroupPlace): Promise<ObservedGroup[]> {
  const list = () => listGroups(new DtsApi(session.api, place.region, true), place.instance);
  return session.memory.once(`look ${cacheKey(place)}`, list, { keepFailure: true });
}

/** To be called after every change, and when a list turned out to be old. */
export function forgetGroups(session: Session, place: GroupPlace): void {
  session.memory.forget(cacheKey(place));
}

function cacheKey({ region, instance }: GroupPlace): string {
  return `groups ${region} ${instance}`;
}

type Channel = NonNullable<AnswerFieldsOf<typeof describeConsumerChannel>["ConsumerChannels"]>[number];

function observed(channel: Channel): ObservedGroup {
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
