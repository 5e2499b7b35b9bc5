import type { ServiceError } from "../../../contract/errors/index.ts";
import { TAGS_MAX } from "../../../contract/limits/tags.ts";
import type { Store } from "../store/store.ts";
import { tokenPage } from "./token-page.ts";

export interface KeyAndValue {
  readonly key: string;
  readonly value: string;
}

/** Where the tags of one thing are kept. */
interface TaggedThing {
  /** As a refusal calls it. */
  readonly name: string;
  put(tag: KeyAndValue): void;
  tags(): readonly KeyAndValue[];
}

/** Puts every tag on every thing, or none on any. `refuse` makes the room's error of what is wrong. */
export function putTagsOnAll(
  store: Store,
  things: readonly TaggedThing[],
  tags: readonly KeyAndValue[],
  refuse: (detail: string) => ServiceError,
): void {
  store.transaction(() => {
    for (const thing of things) {
      for (const { key, value } of tags) thing.put({ key, value });
      const count = thing.tags().length;
      if (count > TAGS_MAX) {
        throw refuse(`${thing.name} would have ${count} tags; at most ${TAGS_MAX} are allowed`);
      }
    }
  });
}

/** One tag of a filter, as the products write it; without a value any value will do. */
type WantedTag =
  | { readonly key: string; readonly value?: string | null | undefined }
  | { readonly Key: string; readonly Value?: string | null | undefined };

/** Tags in one answer of ListTagResources. */
const PAGE_SIZE = 50;

/** The page at `from` of the tags of the things that have all wanted ones; `next` is its follower's token. */
export function tagPage<T extends KeyAndValue>(
  tagsOfThings: readonly (readonly T[])[],
  wanted: readonly WantedTag[] | undefined,
  from: number,
) {
  return tokenPage(tagsOfThings.filter((tags) => hasTags(tags, wanted)).flat(), from, PAGE_SIZE);
}

/** Whether all wanted tags are there. */
export function hasTags(present: readonly KeyAndValue[], wanted: readonly WantedTag[] = []): boolean {
  return wanted.every((filter) => {
    const [key, value] = "Key" in filter ? [filter.Key, filter.Value] : [filter.key, filter.value];
    return present.some((tag) => tag.key === key && (value == null || tag.value === value));
  });
}
