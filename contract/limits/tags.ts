import { codePointCount, shown } from "./message.ts";

/** Tags of one instance, and the length of keys and values (TagResources). A key is not empty, a value may be. */
export const TAGS_MAX = 20;
export const TAG_CHARS_MAX = 128;

/** What is wrong with a tag's key or value; undefined when nothing is. To be put behind its name. */
export function tagPartRefusal(part: string): string | undefined {
  if (codePointCount(part) > TAG_CHARS_MAX) {
    return `must be at most ${TAG_CHARS_MAX} characters long, got ${shown(part)}`;
  }
  return part.isWellFormed() ? undefined : "must be well-formed Unicode, got a lone surrogate";
}
