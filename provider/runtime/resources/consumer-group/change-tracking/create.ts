import { DTS_ERRORS } from "../../../../../contract/errors/index.ts";
import { DtsApi } from "../../../api/dts.ts";
import { ApiError, hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import {
  forgetGroups,
  listGroups,
  listGroupsAtFirst,
  NO_CLIENT,
  type ObservedGroup,
} from "../../../observe/tracking-groups.ts";
import type { Begun, CreateKey } from "../../../ownership/unfinished.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { adoptionObstacle } from "../../shared/adopt.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { explainedGone } from "./gone.ts";
import { type GroupInputs, groupInputs, groupOutputs } from "./inputs.ts";
import { createKey, isLeftBehind } from "./left-behind.ts";
import { whenNormal } from "./normal.ts";

/** Times a create is sent again after an answer was lost and the group is seen not to be there. */
const LOST_ANSWERS_MAX = 5;

/**
 * Makes the group, or takes it over with `adoptExisting` or when an earlier run has left it behind. Names are unique
 * in an instance, so after a lost answer the list tells whether the work was done.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = groupInputs(session, props);
  const key = createKey(session, inputs);
  const api = new DtsApi(session.api, inputs.region);
  const making: Making = { session, inputs, key, api, left: session.unfinished.find(key) };
  const atFirst = await listGroupsAtFirst(session, inputs).catch((error) => {
    throw explainedGone(inputs.instance, error);
  });
  const known = atFirst.find((one) => one.name === inputs.name);
  const present = known && (await find(making));
  const group = present ? await takeOver(making, present) : await make(making);
  session.memory.hold(group.id);
  session.unfinished.handOver(key);
  forgetGroups(session, inputs);
  return { id: group.id, outs: await groupOutputs(session, inputs, group) };
}

interface Making {
  readonly session: Session;
  readonly inputs: GroupInputs;
  readonly key: CreateKey;
  readonly api: DtsApi;
  /** What an earlier run has left; read before this one writes. */
  readonly left: Begun | undefined;
}

async function make(making: Making): Promise<ObservedGroup> {
  const { session, inputs, key } = making;
  const untilMs = deadlineMs(session, inputs, "create");
  session.unfinished.begin(key, { name: inputs.name ?? "", account: inputs.account });
  for (let lost = 0; ; lost += 1) {
    try {
      const group = await whenNormal(session, inputs, untilMs, () => send(making));
      session.unfinished.made(key, group.id);
      return group;
    } catch (error) {
      if (lost === 0 && isRefusal(error)) session.unfinished.forget(key);
      const found = await afterFailure(making, error, lost);
      if (found !== undefined) return found;
    }
  }
}

async function send({ inputs, api }: Making): Promise<ObservedGroup> {
  const { ConsumerGroupID } = await api.createGroup({
    DtsInstanceId: inputs.instance,
    ConsumerGroupName: inputs.name,
    ConsumerGroupUserName: inputs.account,
    ConsumerGroupPassword: inputs.password,
  });
  if (ConsumerGroupID) return freshGroup(ConsumerGroupID, inputs.name, inputs.account);
  const message = "the answer has no id";
  throw new ApiError("CreateConsumerChannel", { kind: "lost", code: "NoId", message });
}

/** What a group is right after it was made. */
function freshGroup(id: string, name: string, account: string): ObservedGroup {
  const status = { connected: false, checkpoint: "", unconsumed: NO_CLIENT, delaySeconds: NO_CLIENT };
  return { id, name, account, status };
}

/** Nothing of a call that ended so was carried out. */
function isRefusal(error: unknown): boolean {
  return !(error instanceof ApiError) || !error.mayHaveWorked;
}

/** What a failed create has left; undefined means to send it again. */
async function afterFailure(
  making: Making,
  error: unknown,
  lost: number,
): Promise<ObservedGroup | undefined> {
  const { inputs } = making;
  const isNameTaken = hasCode(error, DTS_ERRORS.DuplicateConsumerGroupName.code);
  const mayBeDone = !isRefusal(error);
  if (!isNameTaken && !mayBeDone) throw explained(inputs, error);
  const found = await find(making);
  if (found !== undefined) {
    // After a lost answer the group of this name and account is the one that was asked for.
    const isOurs = (mayBeDone || lost > 0) && found.account === inputs.account;
    return isOurs ? found : takeOver(making, found);
  }
  if (isNameTaken || lost >= LOST_ANSWERS_MAX) throw explained(inputs, error);
  return undefined;
}

async function takeOver(making: Making, found: ObservedGroup): Promise<ObservedGroup> {
  const { session, inputs, key, api } = making;
  const isOwn = isLeftBehind(making.left, found);
  if (!isOwn && inputs.adoptExisting !== true && !session.settings.adoptsExisting) {
    throw taken(inputs, found);
  }
  const obstacle = isOwn ? undefined : adoptionObstacle(session, key.urn, found.id);
  if (obstacle !== undefined) throw notTakenOver(inputs, found, obstacle);
  if (isOwn) session.unfinished.made(key, found.id);
  else session.memory.holders.takeOver(found.id);
  await whenNormal(session, inputs, deadlineMs(session, inputs, "create"), () =>
    api.modifyGroup({
      DtsInstanceId: inputs.instance,
      ConsumerGroupId: found.id,
      ConsumerGroupUserName: inputs.account,
      ConsumerGroupPassword: inputs.password,
    }),
  );
  const how = isOwn ? "went on with what an interrupted run had made," : "took over";
  session.log.info(
    `${how} the consumer group "${inputs.name}" (${found.id}) and set its account and password`,
    key.urn,
  );
  return { ...found, account: inputs.account };
}

function taken(inputs: GroupInputs, found: ObservedGroup): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `instance ${inputs.instance} already has a consumer group "${inputs.name}" (${found.id}). Set adoptExisting: true ` +
      "to take it over with the password given here (CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run, after " +
      "one on another machine was cut off), give another name, or, if the resource was renamed in the program, add an " +
      "alias",
  );
}

function notTakenOver(inputs: GroupInputs, found: ObservedGroup, obstacle: string): ProviderError {
  return new ProviderError(
    "AlreadyExists",
    `instance ${inputs.instance} already has a consumer group "${inputs.name}" (${found.id}), and it is not taken over: ${obstacle}`,
  );
}

async function find({ api, inputs }: Making): Promise<ObservedGroup | undefined> {
  return (await listGroups(api, inputs.instance)).find((one) => one.name === inputs.name);
}

function explained(inputs: GroupInputs, error: unknown): unknown {
  if (hasCode(error, DTS_ERRORS.QuotaExceededConsumerGroup.code)) {
    return new ProviderError(
      "InstanceFull",
      `instance ${inputs.instance} cannot take the consumer group "${inputs.name}": it is full. Delete one of its groups ` +
        "first; a group that was only taken out of the program is deleted after new ones are made, so remove it with " +
        "`pulumi destroy --target '**::NAME'` and then run `pulumi up` [DTS-1]",
      { cause: error },
    );
  }
  return explainedGone(inputs.instance, error);
}
