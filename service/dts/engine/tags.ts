import type { Kernel } from "../../core/kit/kernel.ts";
import { type KeyAndValue, putTagsOnAll } from "../../core/kit/tags.ts";
import type { Job } from "../entities.ts";
import { dtsStore } from "../store.ts";
import { invalidParameter, jobNotFound } from "./failures.ts";

/** Puts every tag on every instance, or none on any. */
export function tagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  tags: readonly KeyAndValue[],
): void {
  const store = dtsStore(kernel.store);
  const things = instancesOf(kernel, instanceIds).map(({ instanceId }) => ({
    name: instanceId,
    put: (tag: KeyAndValue) => store.putTag({ instanceId, ...tag }),
    tags: () => store.tags(instanceId),
  }));
  putTagsOnAll(kernel.store, things, tags, (detail) => invalidParameter("Tag", `${detail}.`));
}

/** Takes the keys off every instance; undefined takes all. A key that is not there is no failure. */
export function untagInstances(
  kernel: Kernel,
  instanceIds: readonly string[],
  keys: readonly string[] | undefined,
): void {
  const store = dtsStore(kernel.store);
  kernel.store.transaction(() => {
    for (const { instanceId } of instancesOf(kernel, instanceIds)) store.deleteTags(instanceId, keys);
  });
}

function instancesOf(kernel: Kernel, instanceIds: readonly string[]): Job[] {
  return instanceIds.map((id) => {
    const job = dtsStore(kernel.store).jobOfInstance(id);
    if (!job) throw jobNotFound(id);
    return job;
  });
}
