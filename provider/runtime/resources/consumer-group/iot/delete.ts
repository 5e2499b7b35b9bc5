import { DEFAULT_GROUP_ID } from "../../../../../contract/limits/iot.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Leaving, Properties } from "../../../resource.ts";
import { contextOf, type GroupContext, placeText } from "./context.ts";
import { defaultGroupError } from "./create.ts";
import type { StateSubscription } from "./inputs.ts";
import { allRelations, findGroup, isGroupGone, type Relation, relationOf, statusOf } from "./observe.ts";
import { lastOneObstacle, unsubscribe } from "./unsubscribe.ts";

/**
 * Unsubscribes the group from its own products, then deletes it (DEL-1). Everything that is in the way is looked for
 * before anything is changed. What is done already is skipped, so a delete that was cut off can be run again.
 */
export async function deleteGroup(session: Session, id: string, props: Properties): Promise<void> {
  const context = contextOf(session, props);
  if (session.memory.isHeld(id)) {
    session.log.info(
      `the consumer group "${context.inputs.name}" (${id}) stays: another resource has taken it over`,
    );
    return;
  }
  if (id === DEFAULT_GROUP_ID) throw defaultGroupError(context.inputs.name);
  // One after the other, so that what is looked at is not changed by another delete of this run meanwhile.
  const key = `iot deletes ${context.place.region} ${context.place.iotInstanceId ?? ""}`;
  await session.memory.exclusively(key, () => unsubscribeAndDelete(context, id));
}

async function unsubscribeAndDelete(context: GroupContext, id: string): Promise<void> {
  if ((await findGroup(context.api, id)) === undefined) return;
  const relations = await relationsOf(context, id);
  const obstacles = await obstaclesTo(context, id, relations);
  if (obstacles.length > 0) throw groupInUseError(context, id, obstacles);
  for (const { productKey, productName } of relations) {
    const declared = declaredOf(context, productKey);
    await unsubscribe(context, id, productKey, declared);
    if (declared !== undefined) continue;
    const what = `took the consumer group "${context.inputs.name}" (${id}) off product "${productName}" (${productKey})`;
    context.session.log.warn(`forceUnsubscribe: ${what}, which the program does not declare`);
  }
  try {
    await context.api.deleteGroup(id);
  } catch (error) {
    if (!isGroupGone(error)) throw error;
  }
}

/** The same judgement without a change. Groups that go too keep no subscription alive. */
export async function groupRefusals(
  session: Session,
  id: string,
  props: Properties,
  leaving: Leaving,
): Promise<ProviderError[]> {
  const context = contextOf(session, props);
  if (id === DEFAULT_GROUP_ID) return [defaultGroupError(context.inputs.name)];
  if ((await findGroup(context.api, id)) === undefined) return [];
  const staying = (await relationsOf(context, id)).map((relation) => ({
    ...relation,
    groupIds: relation.groupIds.filter((one) => one === id || !leaving.groups.has(one)),
  }));
  const obstacles = await obstaclesTo(context, id, staying);
  return obstacles.length === 0 ? [] : [groupInUseError(context, id, obstacles)];
}

/** All subscriptions that the group is on now, asked anew where it matters. */
async function relationsOf(context: GroupContext, id: string): Promise<Relation[]> {
  const listed = (await allRelations(context.session, context.place)).filter((one) =>
    one.groupIds.includes(id),
  );
  const names = new Map(listed.map((one) => [one.productKey, one.productName]));
  for (const { productKey } of context.inputs.subscriptions ?? []) {
    if (!names.has(productKey)) names.set(productKey, productKey);
  }
  const now: Relation[] = [];
  for (const [productKey, name] of names) {
    const relation = await relationOf(context.api, productKey, name);
    if (relation?.groupIds.includes(id)) now.push(relation);
  }
  return now;
}

async function obstaclesTo(
  context: GroupContext,
  id: string,
  relations: readonly Relation[],
): Promise<string[]> {
  const { clients } = await statusOf(context.api, id);
  const connected = clients.map(
    (client) => `client ${client} is connected; stop it, it is never disconnected from here`,
  );
  const subscribed = relations.flatMap((relation) => {
    const declared = declaredOf(context, relation.productKey);
    if (declared === undefined && context.inputs.forceUnsubscribe !== true) return foreign(relation);
    return lastOneObstacle(context, id, relation, declared) ?? [];
  });
  return [...connected, ...subscribed];
}

/** What the program has asked for; what a read has only found is somebody else's. */
function declaredOf({ inputs }: GroupContext, productKey: string): StateSubscription | undefined {
  return inputs.subscriptions?.find((one) => one.productKey === productKey && one.notDeclared !== true);
}

function foreign({ productName, productKey }: Relation): string {
  return (
    `product "${productName}" (${productKey}) is subscribed to it and the program does not declare that: take the group ` +
    "off (DeleteConsumerGroupSubscribeRelation), add the product to subscriptions, or set forceUnsubscribe: true, and " +
    "run `pulumi up` before the delete"
  );
}

function groupInUseError(context: GroupContext, id: string, obstacles: readonly string[]): ProviderError {
  const list = obstacles.map((text, index) => `(${index + 1}) ${text}`).join("; ");
  return new ProviderError(
    "GroupInUse",
    `the consumer group "${context.inputs.name}" (${id}) of ${placeText(context.place)} is not deleted, and nothing was ` +
      `changed: ${list}`,
    { rule: "DEL-1" },
  );
}
