import { TAG_RESOURCE_TYPE } from "../../../../contract/dts/params.ts";
import { isKeptTag, TAGS_MAX } from "../../../../contract/limits/tags.ts";
import type { DtsApi } from "../../api/dts.ts";

/**
 * Tags of a change tracking instance: those that people set, and words of this package on the instance or one of its
 * groups that was taken over (see `../../ownership/owner.ts`). Groups have no tags of their own.
 */
const PREFIX = "change-tracking:taken-over";
/** Marks on one instance; with more than that the note of the machine has to do, so that people have room. */
const MARKS_MAX = 5;
/** Bound against a service that never says the list is at its end. */
const PAGES_MAX = 20;

export interface InstanceTags {
  /** What people set. */
  readonly tags: Record<string, string>;
  readonly marks: Record<string, string>;
}

export async function listTags(api: DtsApi, instanceId: string): Promise<InstanceTags> {
  const tags: Record<string, string> = {};
  const marks: Record<string, string> = {};
  let token: string | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await api.tags({
      ResourceType: TAG_RESOURCE_TYPE,
      ResourceId: [instanceId],
      ...(token === undefined ? {} : { NextToken: token }),
    });
    for (const { TagKey, TagValue } of answer.TagResources?.TagResource ?? []) {
      if (TagKey === undefined || isKeptTag(TagKey)) continue;
      (TagKey.startsWith(PREFIX) ? marks : tags)[TagKey] = TagValue ?? "";
    }
    token = answer.NextToken === "" ? undefined : answer.NextToken;
    if (token === undefined) break;
  }
  return { tags, marks };
}

/** Of the instance itself, or of one of its groups. */
export interface Marked {
  readonly api: DtsApi;
  readonly instanceId: string;
  readonly groupId?: string;
}

export async function writeMark(marked: Marked, word: string): Promise<void> {
  const { tags, marks } = await listTags(marked.api, marked.instanceId);
  const [present, key] = [Object.keys(marks), markKey(marked)];
  const hasRoom = present.length < MARKS_MAX && Object.keys(tags).length + present.length < TAGS_MAX;
  if (!hasRoom && !present.includes(key)) return;
  await marked.api.tag({ ...targetOf(marked), Tag: [{ Key: key, Value: word }] });
}

export async function readMark(marked: Marked): Promise<string | undefined> {
  return (await listTags(marked.api, marked.instanceId)).marks[markKey(marked)];
}

export async function removeMark(marked: Marked): Promise<void> {
  await marked.api.untag({ ...targetOf(marked), TagKey: [markKey(marked)] });
}

export function markKey({ groupId }: Marked): string {
  return groupId === undefined ? PREFIX : `${PREFIX}:${groupId}`;
}

function targetOf({ instanceId }: Marked) {
  return { ResourceType: TAG_RESOURCE_TYPE, ResourceId: [instanceId] };
}
