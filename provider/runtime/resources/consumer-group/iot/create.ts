import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import { DEFAULT_GROUP_ID } from "../../../../../contract/limits/iot.ts";
import { hasCode } from "../../../api/errors.ts";
import { answerWithoutId, createResource } from "../../../create.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { UnfinishedNote } from "../../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { contextOf, type GroupContext, noteShared, placeText } from "./context.ts";
import type { StateSubscription } from "./inputs.ts";
import { groupNamed, relationOf } from "./observe.ts";
import { groupOutputs, IDLE } from "./outputs.ts";
import { subscribe } from "./subscribe.ts";

/**
 * Makes the group, then subscribes it to its products. Names are unique in an instance, so after a lost answer the
 * list tells whether the work was done. A subscription that fails leaves the group in the state with what it has; the
 * next up adds the rest.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const context = contextOf(session, props);
  const { api, inputs, place } = context;
  const { name } = inputs;
  const there = (id: string) => `${placeText(place)} already has a consumer group "${name}" (${id})`;
  const taken = (id: string) =>
    `${there(id)}. Set adoptExisting: true to take it over (CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run, ` +
    "after one on another machine was cut off), give another name, or, if the resource was renamed in the program, " +
    "add an alias";
  const isTaken = (error: unknown) => hasCode(error, IOT_ERRORS.GroupNameExisted.code);
  const subscribed: StateSubscription[] = [];
  const outputs = (id: string) =>
    groupOutputs(context, { id, name, subscriptions: subscribed, status: IDLE });
  return createResource<string>({
    session,
    urn: context.urn,
    product: "iot",
    region: place.region,
    within: place.iotInstanceId ?? "public",
    adoptExisting: inputs.adoptExisting,
    idOf: (id) => id,

    find: async () => (await groupNamed(api, name))?.GroupId || undefined,
    isOwn: (id, left) => (left.id === undefined ? left.facts.name === name : left.id === id),
    mayTakeOver(id) {
      if (id === DEFAULT_GROUP_ID) throw defaultGroupError(name);
    },
    async takeOver(id, left) {
      if (left !== undefined) await recallMade(context, id, left);
      return id;
    },
    done: (id, how) => `${how} the consumer group "${name}" (${id})`,
    taken,
    notTakenOver: (id, obstacle) => `${there(id)}, and it is not taken over: ${obstacle}`,

    facts: async () => ({ name, missing: await missingSubscriptions(context) }),
    async send() {
      const { GroupId } = await api.createGroup(name);
      if (!GroupId) throw answerWithoutId("CreateConsumerGroup");
      return GroupId;
    },
    isTaken,
    explain: (error) => (isTaken(error) ? new ProviderError("AlreadyExists", taken("?")) : error),

    async finish(id) {
      for (const wanted of inputs.subscriptions ?? []) {
        await subscribe(context, id, wanted);
        subscribed.push(wanted);
      }
      noteShared(
        context,
        subscribed.map((one) => one.productKey),
      );
      return outputs(id);
    },
    unfinished: outputs,
  });
}

/** Subscriptions that were missing before the interrupted run, and that begin with its group, are its own. */
async function recallMade(context: GroupContext, id: string, left: UnfinishedNote): Promise<void> {
  const missing = Array.isArray(left.facts.missing) ? left.facts.missing : [];
  for (const productKey of missing) {
    const relation = await relationOf(context.api, String(productKey));
    if (relation?.groupIds[0] === id) context.made.add(String(productKey));
  }
}

async function missingSubscriptions({ api, inputs }: GroupContext): Promise<string[]> {
  const missing: string[] = [];
  for (const { productKey } of inputs.subscriptions ?? []) {
    if ((await relationOf(api, productKey)) === undefined) missing.push(productKey);
  }
  return missing;
}

export function defaultGroupError(name: string): ProviderError {
  return new ProviderError(
    "InvalidInputs",
    `the default consumer group "${name}" (${DEFAULT_GROUP_ID}) can be neither changed nor deleted; make a group of ` +
      "your own, or take the resource out of the state (`pulumi state delete`)",
    { rule: "IOT-4" },
  );
}
