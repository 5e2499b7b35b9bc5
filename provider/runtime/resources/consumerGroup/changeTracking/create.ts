import { DTS_ERRORS } from "../../../../../contract/errors/index.ts";
import { DtsApi } from "../../../api/dts.ts";
import { ApiError, hasCode } from "../../../api/errors.ts";
import { ProviderError } from "../../../errors.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import type { Session } from "../../../session.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { type GroupInputs, groupInputs, groupOutputs } from "./inputs.ts";
import { whenNormal } from "./normal.ts";
import { forgetGroups, freshGroup, listGroups, listGroupsAtFirst, type ObservedGroup } from "./observe.ts";

/** Times a create is sent again after an answer was lost and the group is seen not to be there. */
const LOST_ANSWERS_MAX = 5;

/**
 * Makes the group, or takes it over with `adoptExisting`. Names are unique in an instance, so after a lost answer
 * the list tells whether the work was done.
 */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = groupInputs(session, props);
  const api = new DtsApi(session.api, inputs.region);
  const atFirst = await listGroupsAtFirst(session, inputs);
  const known = atFirst.find((one) => one.name === inputs.name);
  const present = known && (await find(api, inputs));
  const group = present ? await takeOver(session, api, inputs, present) : await make(session, api, inputs);
  session.memory.hold(group.id);
  forgetGroups(session, inputs);
  return { id: group.id, outs: groupOutputs(inputs, group) };
}

async function make(session: Session, api: DtsApi, inputs: GroupInputs): Promise<ObservedGroup> {
  const untilMs = deadlineMs(session, inputs, "create");
  for (let lost = 0; ; lost += 1) {
    try {
      const answer = await whenNormal(session, inputs, untilMs, () =>
        api.createGroup({
          DtsInstanceId: inputs.instance,
          ConsumerGroupName: inputs.name,
          ConsumerGroupUserName: inputs.account,
          ConsumerGroupPassword: inputs.password,
        }),
      );
      const id = answer.ConsumerGroupID;
      if (id) return freshGroup(id, inputs.name, inputs.account);
      throw new ApiError("CreateConsumerChannel", {
        kind: "lost",
        code: "NoId",
        message: "the answer has no id",
      });
    } catch (error) {
      const found = await afterFailure(session, api, inputs, error, lost);
      if (found !== undefined) return found;
    }
  }
}

/** What a failed create has left; undefined means to send it again. */
async function afterFailure(
  session: Session,
  api: DtsApi,
  inputs: GroupInputs,
  error: unknown,
  lost: number,
): Promise<ObservedGroup | undefined> {
  const isNameTaken = hasCode(error, DTS_ERRORS.DuplicateConsumerGroupName.code);
  const mayBeDone = error instanceof ApiError && error.mayHaveWorked;
  if (!isNameTaken && !mayBeDone) throw explained(inputs, error);
  const found = await find(api, inputs);
  if (found !== undefined) {
    // After a lost answer the group of this name and account is the one that was asked for.
    const isOurs = (mayBeDone || lost > 0) && found.account === inputs.account;
    return isOurs ? found : takeOver(session, api, inputs, found);
  }
  if (isNameTaken || lost >= LOST_ANSWERS_MAX) throw explained(inputs, error);
  return undefined;
}

async function takeOver(
  session: Session,
  api: DtsApi,
  inputs: GroupInputs,
  found: ObservedGroup,
): Promise<ObservedGroup> {
  if (inputs.adoptExisting !== true) {
    throw new ProviderError(
      "AlreadyExists",
      `instance ${inputs.instance} already has a consumer group "${inputs.name}" (${found.id}). Set adoptExisting: true ` +
        "to take it over with the password given here, give another name, or, if the resource was renamed in the " +
        "program, add an alias",
    );
  }
  await api.modifyGroup({
    DtsInstanceId: inputs.instance,
    ConsumerGroupId: found.id,
    ConsumerGroupUserName: inputs.account,
    ConsumerGroupPassword: inputs.password,
  });
  session.log.info(
    `took over the consumer group "${inputs.name}" (${found.id}) and set its account and password`,
    session.memory.urnOf("ConsumerGroup", inputs),
  );
  return { ...found, account: inputs.account };
}

async function find(api: DtsApi, inputs: GroupInputs): Promise<ObservedGroup | undefined> {
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
  return error;
}
