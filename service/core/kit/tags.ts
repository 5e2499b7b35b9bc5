import type { ServiceError } from "../../../contract/errors/index.ts";
import { TAGS_MAX } from "../../../contract/limits/tags.ts";
import type { Store } from "../store/store.ts";

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
