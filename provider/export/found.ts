import { counted } from "../../contract/limits/message.ts";
import { valueAt } from "../../contract/limits/path.ts";
import { CmsApi } from "../runtime/api/cms.ts";
import { DtsApi } from "../runtime/api/dts.ts";
import { EventbridgeApi } from "../runtime/api/eventbridge.ts";
import { loadKind } from "../runtime/host/kinds.ts";
import type { Session } from "../runtime/host/session.ts";
import { listRules } from "../runtime/observe/alert-rules.ts";
import { listJobs } from "../runtime/observe/jobs.ts";
import { listStreams } from "../runtime/observe/tasks.ts";
import { listGroups } from "../runtime/observe/tracking-groups.ts";
import type { Properties } from "../runtime/resource.ts";
import { ALERT_PRODUCTS } from "../schema/alert-rule.ts";

/** One thing that the service holds, as the inputs of its resource. */
export interface Found {
  readonly id: string;
  readonly inputs: Properties;
}

/** All that a region holds. */
export interface FoundAll {
  readonly instances: readonly (Found & { readonly groups: readonly Found[] })[];
  readonly tasks: readonly Found[];
  readonly alerts: readonly Found[];
  /** What is there and cannot be written as a definition, with the reason. */
  readonly leftOut: readonly string[];
}

/**
 * Change tracking instances of a region with their groups, its inflow tasks and alert rules, read as a refresh reads them.
 * Nothing is changed. Throws what the calls throw.
 */
export async function findAll(session: Session, region: string): Promise<FoundAll> {
  const leftOut: string[] = [];
  const instances = await findInstances(session, region, leftOut);
  const tasks = await findTasks(session, region, leftOut);
  return { instances, tasks, alerts: await findAlerts(session, region, leftOut), leftOut };
}

/** EventBridge has streams of other sources and sinks as well. */
async function findTasks(session: Session, region: string, leftOut: string[]): Promise<Found[]> {
  const streams = await read(session, "InflowTask", await streamNames(session, region), { region });
  return streams.filter(({ id, inputs }) => {
    const isTask =
      valueAt(inputs, ["source", "groupId"]) !== undefined &&
      valueAt(inputs, ["sink", "instance"]) !== undefined;
    if (!isTask) leftOut.push(`the event stream ${id} is no inflow task from change tracking to RocketMQ`);
    return isTask;
  });
}

/** CloudMonitor has rules of all products of an account. */
async function findAlerts(session: Session, region: string, leftOut: string[]): Promise<Found[]> {
  const rules = await listRules(new CmsApi(session.api, region), {});
  const products: readonly (string | undefined)[] = Object.values(ALERT_PRODUCTS);
  const known = rules.filter(({ Namespace }) => products.includes(Namespace));
  const others = rules.length - known.length;
  if (others > 0) leftOut.push(`${counted(others, "alert rule")} of other products`);
  const ids = known.flatMap(({ RuleId }) => (RuleId === undefined ? [] : [RuleId]));
  return read(session, "AlertRule", ids, { region });
}

async function findInstances(
  session: Session,
  region: string,
  leftOut: string[],
): Promise<FoundAll["instances"]> {
  const api = new DtsApi(session.api, region);
  const found: (Found & { groups: readonly Found[] })[] = [];
  for (const { DtsInstanceID: id = "", Status: status } of await listJobs(api, {})) {
    if (status === "NotConfigured") {
      leftOut.push(`the instance ${id} is not configured: it has no source yet`);
      continue;
    }
    const [instance] = await read(session, "ChangeTrackingInstance", [id], { region });
    if (instance === undefined) continue;
    const ids = (await listGroups(api, id)).map((group) => group.id);
    const place = { platform: "changeTracking", region, instance: id };
    found.push({ ...instance, groups: await read(session, "ConsumerGroup", ids, place) });
  }
  return found;
}

/** What has gone meanwhile is passed over. */
async function read(
  session: Session,
  kind: string,
  ids: readonly string[],
  props: Properties,
): Promise<Found[]> {
  const { read: readOne } = await loadKind(kind);
  const found: Found[] = [];
  for (const id of ids) {
    const { id: readId, inputs = {} } = await readOne(session, id, props);
    if (readId !== "") found.push({ id, inputs });
  }
  return found;
}

async function streamNames(session: Session, region: string): Promise<string[]> {
  const names: string[] = [];
  const streams = listStreams(new EventbridgeApi(session.api, region));
  for await (const { EventStreamingName: name } of streams) names.push(name ?? "");
  return names;
}
