import { TAG_RESOURCE_TYPE } from "../../../../contract/dts/params.ts";
import { DTS_ERRORS } from "../../../../contract/errors/index.ts";
import { TAGS_MAX } from "../../../../contract/limits/tags.ts";
import { toDbList } from "../../api/db-list.ts";
import type { DtsApi } from "../../api/dts.ts";
import { hasCode } from "../../api/errors.ts";
import type { Session } from "../../host/session.ts";
import type { ObservedInstance } from "../../observe/instance.ts";
import { listTags } from "../shared/instance-tags.ts";
import { waitWhileBusy } from "./run.ts";
import type { Convergence } from "./wanted.ts";

/** Name, objects, kinds of changes and account of an instance that is configured. */
export async function syncConfigured(
  session: Session,
  api: DtsApi,
  wanted: Convergence,
  observed: ObservedInstance,
): Promise<void> {
  const { inputs, instanceId, jobId } = wanted;
  if (observed.name !== inputs.name) await api.rename({ DtsJobId: jobId, DtsJobName: inputs.name });
  if (wanted.isPasswordNew && inputs.source.password !== undefined && inputs.source.user !== undefined) {
    await setPassword(api, instanceId, inputs.source.user, inputs.source.password);
  }
  const dml = inputs.dataTypes?.dml ?? true;
  const ddl = inputs.dataTypes?.ddl ?? true;
  const isSame =
    toDbList(observed.objects ?? {}) === toDbList(inputs.objects) &&
    observed.dataTypes.dml === dml &&
    observed.dataTypes.ddl === ddl;
  if (isSame) return;
  await waitWhileBusy(session, api, wanted);
  await api.modifySubscription({
    DtsInstanceId: instanceId,
    DtsJobId: jobId,
    DbList: toDbList(inputs.objects),
    SubscriptionDataTypeDML: dml,
    SubscriptionDataTypeDDL: ddl,
  });
}

export async function syncPayType(
  api: DtsApi,
  wanted: Convergence,
  observed: ObservedInstance,
): Promise<void> {
  const { payType, period } = wanted.inputs;
  if (observed.payType === undefined || observed.payType === payType) return;
  await api.transferPayType({
    DtsJobId: wanted.jobId,
    ChargeType: payType,
    ...(payType === "PrePaid" && period !== undefined
      ? { Period: period.unit, BuyCount: String(period.count) }
      : {}),
  });
}

/** Tags as given and no others. Without the input `tags`, tags are nobody's business here. */
export async function syncTags(api: DtsApi, wanted: Convergence): Promise<void> {
  const tags = wanted.inputs.tags;
  if (tags === undefined) return;
  const { tags: present, marks } = await listTags(api, wanted.instanceId);
  const added = Object.entries(tags).filter(([key, value]) => present[key] !== value);
  const removed = Object.keys(present).filter((key) => !Object.hasOwn(tags, key));
  const target = { ResourceType: TAG_RESOURCE_TYPE, ResourceId: [wanted.instanceId] };
  // What people set goes before what this package has put there.
  const hasRoom = Object.keys(tags).length + Object.keys(marks).length <= TAGS_MAX;
  const dropped = [...removed, ...(hasRoom ? [] : Object.keys(marks))];
  if (dropped.length > 0) await api.untag({ ...target, TagKey: dropped });
  if (added.length > 0) {
    await api.tag({ ...target, Tag: added.map(([key, value]) => ({ Key: key, Value: value })) });
  }
}

/** The password cannot be read back, so it is sent whenever it may differ; the very same one is refused as unchanged. */
async function setPassword(api: DtsApi, instanceId: string, user: string, password: string): Promise<void> {
  try {
    await api.modifyPassword({
      DtsInstanceId: instanceId,
      Endpoint: "src",
      UserName: user,
      Password: password,
    });
  } catch (error) {
    if (!hasCode(error, DTS_ERRORS.UnchangedPassword.code)) throw error;
  }
}
