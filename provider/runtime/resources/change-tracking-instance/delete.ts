import { DTS_ERRORS } from "../../../../contract/errors/index.ts";
import { counted, namesListed } from "../../../../contract/limits/message.ts";
import { DtsApi, TRACKING_JOB_TYPE } from "../../api/dts.ts";
import { hasCode } from "../../api/errors.ts";
import { ProviderError } from "../../host/errors.ts";
import type { Session } from "../../host/session.ts";
import { isInstanceGone } from "../../observe/instance.ts";
import { listGroups, type ObservedGroup } from "../../observe/tracking-groups.ts";
import type { Leaving, Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { instanceInputs } from "./inputs.ts";
import { waitWhileBusy, whenSettled } from "./run.ts";

/**
 * Releases the instance, unless it still has consumer groups: the declared ones are deleted before it, so these
 * are somebody else's, and they would go with it. What is gone already is a success.
 */
export async function deleteInstance(session: Session, id: string, props: Properties): Promise<void> {
  const inputs = instanceInputs(session, props);
  const api = new DtsApi(session.api, inputs.region);
  if (session.memory.isHeld(id)) {
    session.log.info(`the change tracking instance ${id} stays: another resource has taken it over`);
    return;
  }
  try {
    const groups = await listGroups(api, id);
    if (groups.length > 0) throw hasGroupsError(id, groups);
    const wanted = {
      instanceId: id,
      jobId: "",
      inputs,
      untilMs: deadlineMs(session, props, "delete"),
      isPasswordNew: false,
    };
    const settle = () => waitWhileBusy(session, api, wanted);
    await whenSettled(session, wanted, settle, () =>
      api.deleteJob({ DtsInstanceId: id, JobType: TRACKING_JOB_TYPE }),
    );
  } catch (error) {
    // Or while it was waited for.
    if (isInstanceGone(error) || (error instanceof ProviderError && error.code === "NotFound")) return;
    throw hasCode(error, DTS_ERRORS.OperationDeniedPayType.code) ? prepaidError(id, error) : error;
  }
}

/** The same judgement without a change. What is prepaid is known from the state, where the service would refuse it. */
export async function instanceRefusals(
  session: Session,
  id: string,
  props: Properties,
  leaving: Leaving,
): Promise<ProviderError[]> {
  const { region, payType } = instanceInputs(session, props);
  try {
    const groups = await listGroups(new DtsApi(session.api, region), id);
    const staying = groups.filter((group) => !leaving.groups.has(group.id));
    return [
      ...(staying.length > 0 ? [hasGroupsError(id, staying)] : []),
      ...(payType === "PrePaid" ? [prepaidError(id)] : []),
    ];
  } catch (error) {
    if (isInstanceGone(error)) return [];
    throw error;
  }
}

function hasGroupsError(id: string, groups: readonly ObservedGroup[]): ProviderError {
  const list = groups.map((group) => {
    const use = group.status.connected ? ", a client is connected" : "";
    return `"${group.name}" (${group.id}, account ${group.account}${use})`;
  });
  return new ProviderError(
    "InstanceHasGroups",
    `instance ${id} is not deleted: it still has ${counted(groups.length, "consumer group")} that this run does not delete: ` +
      `${namesListed(list, "and")}. Delete ${groups.length === 1 ? "it" : "them"} first (DeleteConsumerChannel, or the program that made ` +
      `${groups.length === 1 ? "it" : "them"}), then run again. A group that got the option deletedWith from a component or a ` +
      "transform is among these: give the option to the group itself",
    { rule: "DEL-1" },
  );
}

function prepaidError(id: string, cause?: unknown): ProviderError {
  return new ProviderError(
    "InstancePrepaid",
    `instance ${id} is prepaid and cannot be released before it expires. Set payType to "PostPaid" and run \`pulumi up\` ` +
      "before the destroy, or keep the instance with the resource option retainOnDelete",
    { cause },
  );
}
