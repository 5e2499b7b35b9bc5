import type { Document } from "yaml";
import { nearest, shown } from "../../contract/limits/message.ts";
import type { Draft } from "./draft.ts";
import type { Finding } from "./finding.ts";
import { isMapping, KEYS, MAPS, NOUNS } from "./maps.ts";
import { withSecrets } from "./secrets.ts";
import type { Source } from "./source.ts";
import { locate } from "./tree.ts";

/** Longer names would stand in no log line; the products' own limits are shorter. */
export const NAME_CHARS_MAX = 128;
export const OWNER_CHARS_MAX = 128;

/** What a name must not have: it would look like another one, or turn the text around it. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** The definitions of one file. `owner` is the file's path where the file names none. */
export function collect(
  source: Source,
  document: Document.Parsed,
  value: unknown,
): { readonly drafts: readonly Draft[]; readonly findings: readonly Finding[] } {
  const drafts: Draft[] = [];
  const findings: Finding[] = [];
  const find = (path: readonly string[], at: "key" | "value", code: Finding["code"], message: string) =>
    findings.push({ source, range: locate(document, path)[at], code, message });
  // Nothing but comments, say.
  if (value === null || value === undefined) return { drafts, findings };
  if (!isMapping(value)) {
    find([], "value", "NotAMapping", `must be a mapping with ${KEYS.join(", ")}`);
    return { drafts, findings };
  }
  const owner = value.owner ?? source.label;
  const isOwner = typeof owner === "string" && owner.trim() !== "" && owner.length <= OWNER_CHARS_MAX;
  if (value.owner !== undefined && !isOwner) {
    find(["owner"], "value", "InvalidOwner", `owner must be a text of 1 to ${OWNER_CHARS_MAX} characters`);
  }
  for (const key of Object.keys(value).filter((one) => !KEYS.includes(one))) {
    find([key], "key", "UnknownKey", unknownKey(key));
    // Nobody knows what it is.
    const { key: at, value: given } = locate(document, [key]);
    if (given[0] !== at[0]) source.hide(given);
    withSecrets({ [key]: value[key] }, undefined, {
      source,
      document,
      root: [],
      find: (one) => findings.push(one),
    });
  }
  for (const map of MAPS) {
    const named = value[map];
    if (named === undefined || named === null) continue;
    if (!isMapping(named)) {
      find([map], "value", "NotAMapping", `${map} must be a mapping from names to ${NOUNS[map]}s`);
      continue;
    }
    for (const [name, inputs] of Object.entries(named)) {
      const problem = nameProblem(name);
      if (problem !== undefined) find([map, name], "key", "InvalidName", problem);
      else if (!isMapping(inputs)) {
        find(
          [map, name],
          "key",
          "NotAMapping",
          `${map}.${name} must be a mapping of inputs${mappingHint(inputs)}`,
        );
      } else {
        const { line } = source.placeOf(locate(document, [map, name]).key);
        drafts.push({ map, name, owner: isOwner ? owner : source.label, source, document, line, inputs });
      }
    }
  }
  return { drafts, findings };
}

/** What was probably meant; of a value that may be a secret nothing is said. */
function mappingHint(value: unknown): string {
  if (value === null) return ": nothing stands below it, or what does is not indented";
  return typeof value === "string" && /^\w+:\S/.test(value) ? ": a blank is missing behind a colon" : "";
}

function unknownKey(key: string): string {
  const meant = nearest(key, KEYS);
  const hint = meant === undefined ? `a file has ${KEYS.join(", ")}` : `did you mean ${meant}?`;
  return `${shown(key)} is nothing that a file defines; ${hint}`;
}

function nameProblem(name: string): string | undefined {
  if (name.trim() === "" || [...name].length > NAME_CHARS_MAX) {
    return `a name must have 1 to ${NAME_CHARS_MAX} characters`;
  }
  if (name.includes("::") || UNSEEN.test(name) || !name.isWellFormed()) {
    return `${shown(name)} is no name for a resource: it must have neither :: nor control characters, nor others that are not seen`;
  }
  return undefined;
}
