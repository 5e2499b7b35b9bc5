import { DTS_ERRORS } from "../../../../../contract/errors/index.ts";
import { DtsApi } from "../../../api/dts.ts";
import { hasCode } from "../../../api/errors.ts";
import { answerWithoutId, createResource } from "../../../create.ts";
import { ProviderError } from "../../../host/errors.ts";
import type { Session } from "../../../host/session.ts";
import {
  forgetGroups,
  listGroups,
  listGroupsAtFirst,
  NO_CLIENT,
  type ObservedGroup,
} from "../../../observe/tracking-groups.ts";
import type { CreateResult, Properties } from "../../../resource.ts";
import { deadlineMs } from "../../shared/timeouts.ts";
import { explainGone } from "./gone.ts";
import { type GroupInputs, groupInputs, groupOutputs } from "./inputs.ts";
import { whenNormal } from "./normal.ts";

/** Names are unique in an instance, so after a lost answer the list tells whether the work was done. */
export async function createGroup(session: Session, props: Properties): Promise<CreateResult> {
  const inputs = groupInputs(session, props);
  const { instance, name = "", account, password } = inputs;
  const api = new DtsApi(session.api, inputs.region);
  const untilMs = deadlineMs(session, inputs, "create");
  const there = ({ id }: ObservedGroup) =>
    `instance ${instance} already has a consumer group "${name}" (${id})`;
  const findNow = async () => (await listGroups(api, instance)).find((one) => one.name === name);
  return createResource<ObservedGroup>({
    session,
    urn: session.memory.urnOf("ConsumerGroup", inputs),
    product: "dts",
    region: inputs.region,
    within: instance,
    adoptExisting: inputs.adoptExisting,
    idOf: ({ id }) => id,

    async find() {
      const atFirst = await listGroupsAtFirst(session, inputs).catch((error) => {
        throw explainGone(instance, error);
      });
      return atFirst.some((one) => one.name === name) ? findNow() : undefined;
    },
    // Where not even the id came back, nobody had the name before that run asked for it, with this account.
    isOwn: (found, left) =>
      left.id === undefined
        ? left.facts.name === found.name && left.facts.account === found.account
        : left.id === found.id,
    async takeOver(found) {
      const wanted = { ConsumerGroupUserName: account, ConsumerGroupPassword: password };
      await whenNormal(session, inputs, untilMs, () =>
        api.modifyGroup({ DtsInstanceId: instance, ConsumerGroupId: found.id, ...wanted }),
      );
      return { ...found, account };
    },
    done: ({ id }, how) => `${how} the consumer group "${name}" (${id}) and set its account and password`,
    taken: (found) =>
      `${there(found)}. Set adoptExisting: true to take it over with the password given here ` +
      "(CHANGE_TRACKING_ADOPT_EXISTING=true does it for one run, after one on another machine was cut off), give " +
      "another name, or, if the resource was renamed in the program, add an alias",
    notTakenOver: (found, obstacle) => `${there(found)}, and it is not taken over: ${obstacle}`,

    facts: () => ({ name, account }),
    send: () => whenNormal(session, inputs, untilMs, () => sendCreate(api, inputs)),
    isTaken: (error) => hasCode(error, DTS_ERRORS.DuplicateConsumerGroupName.code),
    findMade: findNow,
    isMade: (found) => found.account === account,
    explain: (error) => explainRefusal(inputs, error),

    finish(group) {
      forgetGroups(session, inputs);
      return groupOutputs(session, inputs, group);
    },
    unfinished: ({ id }) => ({ ...inputs, groupId: id }),
  });
}

async function sendCreate(api: DtsApi, { instance, name, account, password }: GroupInputs) {
  const { ConsumerGroupID: id } = await api.createGroup({
    DtsInstanceId: instance,
    ConsumerGroupName: name,
    ConsumerGroupUserName: account,
    ConsumerGroupPassword: password,
  });
  if (!id) throw answerWithoutId("CreateConsumerChannel");
  const status = { connected: false, checkpoint: "", unconsumed: NO_CLIENT, delaySeconds: NO_CLIENT };
  return { id, name, account, status };
}

function explainRefusal(inputs: GroupInputs, error: unknown): unknown {
  if (hasCode(error, DTS_ERRORS.QuotaExceededConsumerGroup.code)) {
    return new ProviderError(
      "InstanceFull",
      `instance ${inputs.instance} cannot take the consumer group "${inputs.name}": it is full. Delete one of its groups ` +
        "first; a group that was only taken out of the program is deleted after new ones are made, so remove it with " +
        "`pulumi destroy --target '**::NAME'` and then run `pulumi up`",
      { cause: error, rule: "DTS-1" },
    );
  }
  return explainGone(inputs.instance, error);
}
