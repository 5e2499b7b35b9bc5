import type { Kernel } from "../../core/kit/kernel.ts";
import { cmsStore } from "../store.ts";

type Tag = { readonly Key: string; readonly Value: string };

/** Tags of application groups. */
export function tagGroups(kernel: Kernel, groupIds: readonly string[], tags: readonly Tag[]): void {
  const { groupTags } = cmsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const groupId of groupIds)
      for (const { Key: key, Value: value } of tags) groupTags.put(groupId, { key, value });
  });
}

/** Returns the groups that had one of the tags. */
export function untagGroups(kernel: Kernel, groupIds: readonly string[], tags: readonly Tag[]): string[] {
  const { groupTags } = cmsStore(kernel.store);
  return kernel.store.transaction(() =>
    groupIds.filter((groupId) => {
      const removed = tags.filter(({ Key: key, Value: value }) => groupTags.remove(groupId, { key, value }));
      return removed.length > 0;
    }),
  );
}
