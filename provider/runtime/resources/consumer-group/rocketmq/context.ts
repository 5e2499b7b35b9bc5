import type { Session } from "../../../host/session.ts";
import { waitUntil } from "../../../host/wait.ts";
import type { Properties } from "../../../resource.ts";
import { type GroupInputs, groupInputs } from "./inputs.ts";
import type { Activity, Connection, ObservedGroup, Series } from "./series.ts";
import { series4 } from "./series4.ts";
import { series5 } from "./series5.ts";
import { warningsOf } from "./warnings.ts";

const RUNNING = "RUNNING";
/** Addresses of an instance hardly change: one look serves all groups of a run. */
const INSTANCE_MS_MAX = 60_000;

/** What the steps on one group share. */
export interface GroupContext {
  readonly session: Session;
  readonly inputs: GroupInputs;
  readonly series: Series;
  /** URN of the resource, for messages; undefined where it is not known. */
  readonly urn: string | undefined;
}

export function contextOf(session: Session, props: Properties): GroupContext {
  const inputs = groupInputs(session, props);
  return {
    session,
    inputs,
    series: inputs.version === "4.x" ? series4 : series5,
    urn: session.memory.urnOf("ConsumerGroup", props),
  };
}

export function find({ session, inputs, series }: GroupContext): Promise<ObservedGroup | undefined> {
  return series.find(session, inputs);
}

/** Waits until the group can be used, and returns what was seen last. */
export async function whenRunning(context: GroupContext, untilMs: number): Promise<ObservedGroup> {
  const seen = await waitUntil({
    ...waiting(context, untilMs),
    what: `consumer group "${context.inputs.name}" to be ${RUNNING}`,
    isDone: (group) => group?.state === RUNNING,
    advice: "Run `pulumi up` again when it is, or raise timeouts.",
  });
  return seen ?? { state: "", drift: {} };
}

export async function whenGone(context: GroupContext, untilMs: number): Promise<void> {
  await waitUntil({
    ...waiting(context, untilMs),
    what: `consumer group "${context.inputs.name}" to be gone`,
    isDone: (group) => group === undefined,
    advice: "Run again when it is, or raise timeouts.",
  });
}

function waiting(context: GroupContext, untilMs: number) {
  const { clock, log } = context.session;
  return {
    clock,
    log,
    urn: context.urn,
    untilMs,
    look: () => find(context),
    describe: (group: ObservedGroup | undefined) => group?.state ?? "not there",
  };
}

/** Names are unique in an instance, so this is who the group is. */
export function heldKey({ inputs }: Pick<GroupContext, "inputs">): string {
  return `rocketmq ${inputs.region} ${inputs.instance} ${inputs.name}`;
}

/** The state: every input, so that a later diff and delete have all they need, and what was observed. */
export async function groupOutputs(
  context: GroupContext,
  group: ObservedGroup,
  activity: Activity = IDLE,
): Promise<Properties> {
  const { inputs } = context;
  const { clients, topics, unconsumed } = activity;
  const warnings = warningsOf(inputs.name, activity);
  const connection = await connectionOf(context);
  const drift = Object.entries(group.drift);
  const given = Object.entries(inputs).filter(([key]) => !drift.some(([changed]) => changed === key));
  return {
    ...Object.fromEntries([...given, ...drift.filter(([, value]) => value !== undefined)]),
    groupId: inputs.name,
    status: {
      state: group.state,
      connected: clients.length > 0,
      onlineClients: clients.length,
      unconsumed,
      topics: [...topics],
      ...(warnings.length === 0 ? {} : { warnings }),
    },
    ...(connection === undefined ? {} : { connection: { ...connection, groupId: inputs.name } }),
  };
}

const IDLE: Activity = { clients: [], topics: [], unconsumed: 0, differing: [] };

/** A hint must not fail a group that is made. */
async function connectionOf({ session, inputs, series }: GroupContext): Promise<Connection | undefined> {
  const key = `rocketmq connection ${inputs.region} ${inputs.instance} ${inputs.version} ${inputs.groupType}`;
  const age = { clock: session.clock, ageMsMax: INSTANCE_MS_MAX };
  try {
    return await session.memory.once(key, () => series.connection(session, inputs), { age });
  } catch {
    return undefined;
  }
}
