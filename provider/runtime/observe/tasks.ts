import { EVENTBRIDGE_ERRORS } from "../../../contract/errors/index.ts";
import { scrubbed } from "../../../contract/secrets/index.ts";
import { hasCode } from "../api/errors.ts";
import { EventbridgeApi, type StreamRecord } from "../api/eventbridge.ts";
import type { Session } from "../host/session.ts";

/** Bound against a service that never says the list is at its end. */
const PAGES_MAX = 100;
/** A list younger than this serves all resources of a run; whoever writes forgets it. */
const AGE_MS_MAX = 5_000;

/** States of an event stream, as published. */
export const FAILED = ["STARTING_FAILED", "RUNNING_FAILED"] as const;
export const ACTIVE = ["STARTING", "RUNNING"] as const;

/** A task as the service describes it. */
export interface ObservedTask {
  readonly record: StreamRecord;
  readonly status: string;
  /** Only the figures that the service gives. */
  readonly metrics: { readonly delayTime?: number; readonly diffOffset?: number; readonly tps?: number };
  /** Why a task that failed has failed, in full; empty for any other. */
  readonly problem: string;
}

/** Undefined when there is no such task. */
export async function observeTask(api: EventbridgeApi, name: string): Promise<ObservedTask | undefined> {
  try {
    return observed(await api.stream(name));
  } catch (error) {
    if (isTaskGone(error)) return undefined;
    throw error;
  }
}

export function isTaskGone(error: unknown): boolean {
  return hasCode(error, EVENTBRIDGE_ERRORS.StreamNotExisted.code);
}

export function isFailed(status: string): boolean {
  return (FAILED as readonly string[]).includes(status);
}

export function isActive(status: string): boolean {
  return (ACTIVE as readonly string[]).includes(status);
}

function observed(record: StreamRecord): ObservedTask {
  const { Status: status = "", DetailedStatus: detail = {} } = record;
  return {
    record,
    status,
    metrics: {
      ...(detail.DelayTime === undefined ? {} : { delayTime: detail.DelayTime }),
      ...(detail.DiffOffset === undefined ? {} : { diffOffset: detail.DiffOffset }),
      ...(detail.TPS === undefined ? {} : { tps: detail.TPS }),
    },
    problem: isFailed(status) ? withoutSecret(problemOf(detail), record) : "",
  };
}

/** The message where there is one, else all that is said: nothing publishes the names. */
function problemOf({ Extensions: extensions }: NonNullable<StreamRecord["DetailedStatus"]>): string {
  if (extensions === undefined || Object.keys(extensions).length === 0) return "";
  const { ErrorMessage: message } = extensions;
  return typeof message === "string" && message !== "" ? message : JSON.stringify(extensions);
}

function withoutSecret(text: string, { Source }: StreamRecord): string {
  const password = Source?.SourceDTSParameters?.Password;
  return password ? scrubbed(text, [password]) : text;
}

/** A task that reads a change tracking group. */
export interface ListedTask {
  readonly name: string;
  readonly status: string;
  readonly groupId: string;
}

/** All tasks of a region that read change tracking groups, shared by all who ask within a few seconds of one run. */
export function listTasksShared(session: Session, region: string, look = false): Promise<ListedTask[]> {
  const list = () => listTasks(new EventbridgeApi(session.api, region, look));
  // One who cannot be reached is not asked again by every resource.
  if (look) return session.memory.once(`look tasks ${region}`, list, { keepFailure: true });
  return session.memory.once(cacheKey(region), list, {
    age: { clock: session.clock, ageMsMax: AGE_MS_MAX },
    keepFailure: true,
  });
}

/** To be called after every change. */
export function forgetTasks(session: Session, region: string): void {
  session.memory.forget(cacheKey(region));
}

async function listTasks(api: EventbridgeApi): Promise<ListedTask[]> {
  const tasks: ListedTask[] = [];
  for await (const listed of listStreams(api)) {
    const name = listed.EventStreamingName ?? "";
    // A list may leave the source out; the task itself tells it.
    const record: StreamRecord = listed.Source === undefined ? await api.stream(name) : listed;
    const groupId = record.Source?.SourceDTSParameters?.Sid;
    if (groupId) tasks.push({ name, status: listed.Status ?? "", groupId });
  }
  return tasks;
}

/** All event streams of a region, from and to whatever they lead. */
export async function* listStreams(api: EventbridgeApi) {
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await api.streams(token);
    yield* answer.EventStreamings ?? [];
    token = answer.NextToken || undefined;
    if (token === undefined) return;
  }
}

function cacheKey(region: string): string {
  return `tasks ${region}`;
}
