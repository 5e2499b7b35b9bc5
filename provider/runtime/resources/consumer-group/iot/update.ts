import { DEFAULT_GROUP_ID } from "../../../../../contract/limits/iot.ts";
import { PartialError, ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { defaultGroup } from "./create.ts";
import { groupInputs, type KeptSubscription } from "./inputs.ts";
import { findGroup, relationOf, statusOf } from "./observe.ts";
import { groupOutputs, IDLE } from "./outputs.ts";
import { subscribe } from "./subscribe.ts";
import { lastOneObstacle, unsubscribe } from "./unsubscribe.ts";
import { noteShared, placeText, type Work, workOn } from "./work.ts";

/** A group that is checked a moment later may want the product that this one leaves. */
const SETTLE_MS = 1_000;
/** How long to wait for a group of the same run that wants the product. */
const SUCCESSOR_MS_MAX = 30_000;
const LOOK_MS = 200;

/**
 * Renames, adds subscriptions, then takes off those that the program has dropped: only what the state knew as the
 * program's own or has shown as drift. Whatever fails, the state gets what is done.
 */
export async function updateGroup(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const before = groupInputs(session, olds);
  const work = workOn(session, news);
  for (const productKey of before.madeSubscriptions ?? []) work.made.add(productKey);
  for (const productKey of before.sharedSubscriptions ?? []) work.shared.add(productKey);
  if (id === DEFAULT_GROUP_ID) throw defaultGroup(work.inputs.name);
  const group = await findGroup(work.api, id);
  if (group === undefined) throw gone(work, id);
  session.memory.hold(id);
  const wanted = work.inputs.subscriptions ?? [];
  const present = new Map((before.subscriptions ?? []).map((one) => [one.productKey, one]));
  let name = group.GroupName ?? before.name;
  const seen = async () => ({
    id,
    name,
    subscriptions: [...present.values()],
    status: await statusOf(work.api, id).then(
      ({ status }) => status,
      () => IDLE,
    ),
  });
  try {
    if (name !== work.inputs.name) {
      await work.api.renameGroup(id, work.inputs.name);
      name = work.inputs.name;
    }
    for (const one of wanted) {
      await subscribe(work, id, one);
      present.set(one.productKey, one);
    }
    for (const dropped of before.subscriptions ?? []) {
      if (wanted.some((one) => one.productKey === dropped.productKey)) continue;
      await waitForSuccessor(work, id, dropped);
      await unsubscribe(work, id, dropped.productKey, dropped);
      present.delete(dropped.productKey);
    }
  } catch (error) {
    throw new PartialError(id, groupOutputs(work, await seen()), error);
  }
  noteShared(work, [...present.keys()]);
  return groupOutputs(work, await seen());
}

/**
 * A subscription must not lose its only group while another group of this run is about to join it. Returns as soon as
 * somebody else is on it, or when nobody is going to come; what then follows is judged by whoever takes it off.
 */
async function waitForSuccessor(work: Work, id: string, dropped: KeptSubscription): Promise<void> {
  const { clock } = work.session;
  const startedMs = clock.nowMs();
  for (;;) {
    const relation = await relationOf(work.api, dropped.productKey);
    const isLast = relation?.groupIds.length === 1 && relation.groupIds[0] === id;
    if (!isLast || relation === undefined) return;
    const waitMsMax = hasSuccessor(work, dropped.productKey) ? SUCCESSOR_MS_MAX : SETTLE_MS;
    if (clock.nowMs() - startedMs < waitMsMax) {
      await clock.sleep(LOOK_MS);
      continue;
    }
    const obstacle = lastOneObstacle(work, id, relation, dropped);
    const isAwaited = waitMsMax === SUCCESSOR_MS_MAX;
    if (obstacle === undefined && !isAwaited) return;
    const why = isAwaited
      ? `another group of this program is to take its place on product ${dropped.productKey} but has not joined yet; ` +
        "add it there in a first `pulumi up`, take this one off in a second"
      : obstacle;
    throw new ProviderError("GroupInUse", `the group stays subscribed: ${why}`);
  }
}

function hasSuccessor({ session, inputs }: Work, productKey: string): boolean {
  return session.memory
    .declared("iotSubscription")
    .some((one) => one.scopeId === productKey && one.name !== inputs.name);
}

function gone({ inputs, place }: Work, id: string): ProviderError {
  return new ProviderError(
    "NotFound",
    `the consumer group "${inputs.name}" (${id}) is not on ${placeText(place)} any more; ` +
      "run `pulumi refresh`, then `pulumi up` makes it again",
  );
}
