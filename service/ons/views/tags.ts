import type { Tag } from "../entities.ts";

/** Whether every wanted tag is there; one without a value asks for its key only. */
export function hasTags(
  tags: readonly Tag[],
  wanted: readonly { readonly Key: string; readonly Value?: string | undefined }[] = [],
): boolean {
  return wanted.every(({ Key, Value }) =>
    tags.some((tag) => tag.key === Key && (Value === undefined || tag.value === Value)),
  );
}

/** Tags as lists give them: always there, if empty. */
export function tagList(tags: readonly Tag[]) {
  return { Tag: tags.map(({ key, value }) => ({ Key: key, Value: value })) };
}
