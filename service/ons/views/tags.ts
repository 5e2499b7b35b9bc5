import type { Tag } from "../entities.ts";

/** Tags as lists give them: always there, if empty. */
export function tagList(tags: readonly Tag[]) {
  return { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}
