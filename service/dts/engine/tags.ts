import { TAGS_MAX } from "../../../contract/limits/tags.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Job, Tag } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { invalidParameter, jobNotFound } from "./failures.ts";

/** The one resource type that has tags here. */
export const instanceResourceType = "ALIYUN::DTS::INSTANCE";

/** Puts every tag on every instance, or none on any. */
export function tagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  tags: readonly Omit<Tag, "instanceId">[],
): void {
  const store = dtsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const { instanceId } of instancesOf(kernel, instanceIds)) {
      for (const tag of tags) store.putTag({ instanceId, ...tag });
      const count = store.tags(instanceId).length;
      if (count > TAGS_MAX)
        throw invalidParameter(
          "Tag",
          `${instanceId} would have ${count} tags; at most ${TAGS_MAX} are allowed.`,
        );
    }
  });
}

/** Takes the keys off every instance; undefined takes all. A key that is not there is no failure. */
export function untagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  keys: readonly string[] | undefined,
): void {
  const store = dtsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const { instanceId } of instancesOf(kernel, instanceIds)) {
      if (!keys) store.deleteTagsOf(instanceId);
      else for (const key of keys) store.deleteTag(instanceId, key);
    }
  });
}

function instancesOf(kernel: Kernel, instanceIds: readonly string[]): Job[] {
  return instanceIds.map((id) => {
    const job = dtsStore(kernel.store).jobOfInstance(id);
    if (!job) throw jobNotFound(id);
    return job;
  });
}
