import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import type { MessageTypeName } from "../../../../../contract/limits/iot.ts";
import { hasCode } from "../../../api/errors.ts";
import { type GroupRecord, IOT_PAGE_SIZE_MAX, IotApi, type IotPlace } from "../../../api/iot.ts";
import { readPages } from "../../../api/pages.ts";
import { fewAtOnce } from "../../../few-at-once.ts";
import type { Session } from "../../../host/session.ts";
import { typesOf } from "./inputs.ts";

/** A subscription of a product to AMQP, as the service describes it. */
export interface Relation {
  readonly productKey: string;
  readonly productName: string;
  readonly groupIds: readonly string[];
  readonly messageTypes: readonly MessageTypeName[];
}

export interface GroupStatus {
  readonly connected: boolean;
  readonly onlineClients: number;
  readonly unconsumed: number;
  readonly consumedPerMinute: number;
  readonly lastConsumedAt?: string;
}

/** Bounds against a service that never says the list is at its end. */
const PAGES_MAX = 50;
/** A list younger than this serves all resources of a run. */
const LIST_MS_MAX = 5_000;

export function isGroupGone(error: unknown): boolean {
  return hasCode(error, IOT_ERRORS.GroupNotExisted.code, IOT_ERRORS.InstanceNotFound.code);
}

/** The group's record; undefined when it, or its instance, is gone. */
export async function findGroup(api: IotApi, groupId: string): Promise<GroupRecord | undefined> {
  try {
    return (await api.group(groupId)).Data;
  } catch (error) {
    if (isGroupGone(error)) return undefined;
    throw error;
  }
}

/** The group of exactly this name; the service searches for parts. */
export async function groupNamed(api: IotApi, name: string): Promise<GroupRecord | undefined> {
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const found = (await api.groups(name, page)).Data?.ConsumerGroupDTO ?? [];
    const group = found.find((one) => one.GroupName === name);
    if (group !== undefined || found.length < IOT_PAGE_SIZE_MAX) return group;
  }
  return undefined;
}

/** The AMQP subscription of a product; undefined when it, or the product, is not there. */
export async function relationOf(
  api: IotApi,
  productKey: string,
  productName = productKey,
): Promise<Relation | undefined> {
  try {
    const answer = await api.relation(productKey);
    return {
      productKey,
      productName,
      groupIds: answer.ConsumerGroupIds ?? [],
      messageTypes: typesOf(answer),
    };
  } catch (error) {
    const { SubscriptionNotExisted, ProductNotExisted } = IOT_ERRORS;
    if (hasCode(error, SubscriptionNotExisted.code, ProductNotExisted.code)) return undefined;
    throw error;
  }
}

/**
 * The AMQP subscriptions of all products of the instance. No action lists those of one group, so each product is
 * asked; one list serves all groups of a run for a few seconds.
 */
export function allRelations(session: Session, place: IotPlace): Promise<readonly Relation[]> {
  const age = { clock: session.clock, ageMsMax: LIST_MS_MAX };
  return session.memory.once(cacheKey(place), () => readRelations(new IotApi(session.api, place)), { age });
}

/** To be called after every change, so that a later read does not see what was before. */
export function forgetRelations(session: Session, place: IotPlace): void {
  session.memory.forget(cacheKey(place));
}

async function readRelations(api: IotApi): Promise<readonly Relation[]> {
  const products = await readProducts(api);
  const found = await fewAtOnce(products, ({ key, name }) => relationOf(api, key, name));
  const relations = found.filter((one) => one !== undefined);
  return relations.sort((a, b) => (a.productKey < b.productKey ? -1 : 1));
}

async function readProducts(api: IotApi): Promise<{ key: string; name: string }[]> {
  const read = async (page: number) => (await api.products(page)).Data?.List?.ProductInfo;
  const listed = await readPages(IOT_PAGE_SIZE_MAX, PAGES_MAX, read);
  return listed.flatMap(({ ProductKey: key, ProductName: name }) =>
    key ? [{ key, name: name ?? key }] : [],
  );
}

/** Clients that are connected, as messages name them, with the group's figures. */
export async function statusOf(
  api: IotApi,
  groupId: string,
): Promise<{ status: GroupStatus; clients: readonly string[] }> {
  const answer = await api.status(groupId);
  const connections = answer.ClientConnectionStatusList?.ConsumerGroupClientConnectionInfo ?? [];
  const clients = connections.map(({ ClientId, ClientIpPort }) =>
    ClientIpPort ? `${ClientId} (${ClientIpPort})` : `${ClientId}`,
  );
  const status: GroupStatus = {
    connected: clients.length > 0,
    onlineClients: clients.length,
    unconsumed: answer.AccumulationCount ?? 0,
    consumedPerMinute: answer.ConsumerSpeed ?? 0,
    ...(answer.LastConsumerTime ? { lastConsumedAt: answer.LastConsumerTime } : {}),
  };
  return { status, clients };
}

function cacheKey({ region, iotInstanceId }: IotPlace): string {
  return `iot relations ${region} ${iotInstanceId ?? ""}`;
}
