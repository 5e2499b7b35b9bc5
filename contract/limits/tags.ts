import { codePointCount, shown } from "./message.ts";

/** Tags of one instance, and the length of keys and values (TagResources). A key is not empty, a value may be. */
export const TAGS_MAX = 20;
const TAG_CHARS_MAX = 128;

/** Keys that the cloud keeps for itself; they are not shown among the tags that people set. */
const KEPT = /^(aliyun|acs:)/;

/** What is wrong with a tag's key; undefined when nothing is. To be put behind its name. */
export function tagKeyRefusal(key: string): string | undefined {
  if (key === "") return 'must not be empty, got ""';
  if (KEPT.test(key)) return tagKeptRefusal(key);
  return tagPartRefusal(key);
}

/** Whether a tag is one that the cloud sets. */
export function isKeptTag(key: string): boolean {
  return KEPT.test(key);
}

/** What a tag's key or value must not be where the page says so of both; undefined when nothing is wrong. */
export function tagKeptRefusal(part: string): string | undefined {
  if (KEPT.test(part)) {
    return `must not begin with aliyun or acs:, which the cloud keeps for itself, got ${shown(part)}`;
  }
  return /https?:\/\//.test(part) ? `must not hold http:// or https://, got ${shown(part)}` : undefined;
}

/** What is wrong with a tag's key or value; undefined when nothing is. To be put behind its name. */
export function tagPartRefusal(part: string): string | undefined {
  if (codePointCount(part) > TAG_CHARS_MAX) {
    return `must be at most ${TAG_CHARS_MAX} characters long, got ${shown(part)}`;
  }
  return part.isWellFormed() ? undefined : "must be well-formed Unicode, got a lone surrogate";
}
