import { EventbridgeApi, type StreamRecord } from "../../api/eventbridge.ts";
import type { Session } from "../../host/session.ts";

/** Bound against a service that never says the list is at its end. */
const PAGES_MAX = 100;
/** A list younger than this serves all resources of a run; whoever writes forgets it. */
const AGE_MS_MAX = 5_000;

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
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await api.streams(token === undefined ? {} : { NextToken: token });
    for (const listed of answer.EventStreamings ?? []) {
      const name = listed.EventStreamingName ?? "";
      // A list may leave the source out; the task itself tells it.
      const record: StreamRecord = listed.Source === undefined ? await api.stream(name) : listed;
      const groupId = record.Source?.SourceDTSParameters?.Sid;
      if (groupId) tasks.push({ name, status: listed.Status ?? "", groupId });
    }
    token = answer.NextToken || undefined;
    if (token === undefined) break;
  }
  return tasks;
}

function cacheKey(region: string): string {
  return `tasks ${region}`;
}
