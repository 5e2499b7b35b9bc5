import { codePointCount, shown } from "./message.ts";
import { parseJson } from "./shape.ts";
import { refuse, stringOf } from "./text.ts";

const MAIL_CHARS_MAX = 254;
/** One address without a name: what stands before the at sign may be nearly anything, the domain may not. */
const MAIL = /^[^\s@,;:<>()[\]"\\]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;

/** E-mail address of an alert contact. */
export const mailAddress = stringOf("a string").superRefine((value, ctx) => {
  if (value.length <= MAIL_CHARS_MAX && MAIL.test(value)) return;
  refuse(ctx, `must be one e-mail address such as name@example.com, got ${shown(value)}`);
});

/** Most contacts of a contact group. */
export const CONTACTS_MAX = 100;

const TARGET_LEVELS = ["INFO", "WARN", "CRITICAL"];

/** Levels that a target is called at: one word, or the JSON text of a list of them. */
export const targetLevels = stringOf("a string").superRefine((value, ctx) => {
  const parsed = value.trimStart().startsWith("[") ? parseJson(value) : { value: [value] };
  const words = "value" in parsed && Array.isArray(parsed.value) ? (parsed.value as unknown[]) : [undefined];
  const isKnown = (word: unknown) => typeof word === "string" && TARGET_LEVELS.includes(word.toUpperCase());
  if (words.length > 0 && words.every(isKnown)) return;
  refuse(
    ctx,
    `must be one of ${TARGET_LEVELS.join(", ")}, or the JSON text of a list of them, got ${shown(value)}`,
  );
});

/** Tags of application groups in one AddTags. */
export const GROUP_TAGS_MAX = 3;
const GROUP_TAG_CHARS_MAX = 64;

/** Key or value of a tag of an application group. */
export const groupTagPart = stringOf("a string").superRefine((value, ctx) => {
  const count = codePointCount(value);
  if (count > GROUP_TAG_CHARS_MAX) {
    refuse(ctx, `must be 1 to ${GROUP_TAG_CHARS_MAX} characters long, got ${count}`);
  }
  if (/^(aliyun|acs:)/.test(value)) {
    refuse(ctx, `must not begin with aliyun or acs:, which the cloud keeps for itself, got ${shown(value)}`);
  }
});
