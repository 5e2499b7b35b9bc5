import { IOT_ERRORS } from "../../../../../contract/errors/index.ts";
import { DEFAULT_GROUP_ID } from "../../../../../contract/limits/iot.ts";
import { ApiError, hasCode } from "../../../api/errors.ts";
import { PartialError, ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import type { Begun, CreateKey } from "../../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { adoptionObstacle } from "../../shared/adopt.ts";
import type { KeptSubscription } from "./inputs.ts";
import { groupNamed, relationOf } from "./observe.ts";
import { groupOutputs, IDLE } from "./outputs.ts";
import { subscribe } from "./subscribe.ts";
import { noteShared, placeText, type Work, workOn } from "./work.ts";

/** Times a create is sent again after an answer was lost and the group is seen not to be there. */
const LOST_ANSWERS_MAX = 5;

/**
 * Makes the group, or takes it over, then subscribes it to its products. Names are unique in an instance, so after a
 * lost answer the list tells whether the work was done. A subscription that fails leaves the group in the state with
 * what it has; the next up adds the rest.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const work = workOn(session, props);
  const key = createKey(work);
  const left = session.unfinished.find(key);
  const present = await groupNamed(work.api, work.inputs.name);
  const id = present?.GroupId
    ? await takeOver({ work, key, left }, present.GroupId)
    : await make({ work, key, left });
  session.memory.hold(id);
  const outs = await subscribeAll(work, id, key);
  session.unfinished.handOver(key);
  return { id, outs };
}

interface Making {
  readonly work: Work;
  readonly key: CreateKey;
  readonly left: Begun | undefined;
}

async function subscribeAll(work: Work, id: string, key: CreateKey): Promise<Properties> {
  const done: KeptSubscription[] = [];
  const outputs = () => groupOutputs(work, { id, name: work.inputs.name, subscriptions: done, status: IDLE });
  try {
    for (const wanted of work.inputs.subscriptions ?? []) {
      await subscribe(work, id, wanted);
      done.push(wanted);
    }
    noteShared(
      work,
      done.map((one) => one.productKey),
    );
    return outputs();
  } catch (error) {
    work.session.unfinished.handOver(key);
    throw new PartialError(id, outputs(), error);
  }
}

async function make({ work, key }: Making): Promise<string> {
  const { session, inputs } = work;
  session.unfinished.begin(key, { name: inputs.name, missing: await missingSubscriptions(work) });
  for (let lost = 0; ; lost += 1) {
    try {
      const { GroupId } = await work.api.createGroup(inputs.name);
      if (!GroupId) throw noId();
      session.unfinished.made(key, GroupId);
      return GroupId;
    } catch (error) {
      const mayBeDone = error instanceof ApiError && error.mayHaveWorked;
      if (!mayBeDone && lost === 0) session.unfinished.forget(key);
      const isTaken = hasCode(error, IOT_ERRORS.GroupNameExisted.code);
      if (!mayBeDone && !(isTaken && lost > 0)) throw isTaken ? taken(work, "?") : error;
      // Nobody had the name before, so the group that has it now is the one that was asked for.
      const found = (await groupNamed(work.api, inputs.name))?.GroupId;
      if (found !== undefined) {
        session.unfinished.made(key, found);
        return found;
      }
      if (lost >= LOST_ANSWERS_MAX) throw error;
    }
  }
}

async function takeOver({ work, key, left }: Making, id: string): Promise<string> {
  const { session, inputs } = work;
  const isOwn =
    left !== undefined && (left.id === undefined ? left.facts.name === inputs.name : left.id === id);
  if (!isOwn && inputs.adoptExisting !== true && !session.settings.adoptsExisting) throw taken(work, id);
  if (id === DEFAULT_GROUP_ID) throw defaultGroup(inputs.name);
  const obstacle = isOwn ? undefined : adoptionObstacle(session, work.urn, id);
  if (obstacle !== undefined) throw notTakenOver(work, id, obstacle);
  if (!isOwn) session.memory.holders.takeOver(id);
  if (isOwn) {
    session.unfinished.made(key, id);
    await recallMade(work, id, left);
  }
  const how = isOwn ? "went on with what an interrupted run had made," : "took over";
  session.log.info(`${how} the consumer group "${inputs.name}" (${id})`, work.urn);
  return id;
}

/** Subscriptions that were missing before the interrupted run, and that begin with its group, are its own. */
async function recallMade(work: Work, id: string, left: Begun): Promise<void> {
  const missing = Array.isArray(left.facts.missing) ? left.facts.missing : [];
  for (const productKey of missing) {
    const relation = await relationOf(work.api, String(productKey));
    if (relation?.groupIds[0] === id) work.made.add(String(productKey));
  }
}

async function missingSubscriptions({ api, inputs }: Work): Promise<string[]> {
  const missing: string[] = [];
  for (const { productKey } of inputs.subscriptions ?? []) {
    if ((await relationOf(api, productKey)) === undefined) missing.push(productKey);
  }
  return missing;
}

export function createKey({ session, place, urn }: Work): CreateKey {
  return {
    urn,
    address: session.settings.endpointOf("iot", place.region).address,
    region: place.region,
    within: place.iotInstanceId ?? "public",
  };
}

function taken({ inputs, place }: Work, id: string): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `${placeText(place)} already has a consumer group "${inputs.name}" (${id}). Set adoptExisting: true to take it ` +
      "over (CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run, after one on another machine was cut off), give " +
      "another name, or, if the resource was renamed in the program, add an alias",
  );
}

function notTakenOver({ inputs, place }: Work, id: string, obstacle: string): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `${placeText(place)} already has a consumer group "${inputs.name}" (${id}), and it is not taken over: ${obstacle}`,
  );
}

export function defaultGroup(name: string): ProviderError {
  return new ProviderError(
    "InvalidInputs",
    `the default consumer group "${name}" (${DEFAULT_GROUP_ID}) can be neither changed nor deleted; make a group of ` +
      "your own, or take the resource out of the state (`pulumi state delete`) [IOT-4]",
  );
}

function noId(): ApiError {
  const message = "the answer has no id";
  return new ApiError("CreateConsumerGroup", { kind: "lost", code: "NoId", message });
}
