import { expect, it } from "vitest";
import { sources, withoutComments } from "../../support/sources.ts";

/*
 * What is secret by its name is decided in contract/secrets alone. Five lists that grew apart had let a name through in
 * one place that was hidden in another.
 */

const WORD = "(?:passw|passphrase|passcode|pwd|secret|credential|webhook|authorization|cookie|token)";
/** Two such words as alternatives of a regular expression, or as members of a list. */
const LISTS = [
  new RegExp(`/[^/\\n]*${WORD}[^/\\n]*\\|[^/\\n]*${WORD}[^/\\n]*/`, "i"),
  new RegExp(`\\[[^\\]\\[;{}]*"[^"]*${WORD}[^"]*",[^\\]\\[;{}]*"[^"]*${WORD}[^"]*"[^\\]\\[;{}]*\\]`, "i"),
];

/** Names of settings that are read, not names whose values are hidden. */
const OF_SETTINGS = ["provider/runtime/host/keys.ts", "provider/runtime/host/misspelled.ts"];

const files = sources("contract", "provider", "service", "tools", "bench").filter(
  ({ path }) => !path.startsWith("contract/secrets/"),
);

function hasList(text: string): boolean {
  const code = withoutComments(text);
  return LISTS.some((list) => list.test(code));
}

it("secrets are told by their names in one place", () => {
  expect(files.length).toBeGreaterThan(300);
  const found = files.filter(({ text }) => hasList(text)).map(({ path }) => path);
  expect(found.sort()).toEqual(OF_SETTINGS);
});

it.each(["const names = /password|secret/i;", 'const names = ["password", "accessKeySecret"];'])(
  "another list would be seen: %s",
  (text) => expect(hasList(text)).toBe(true),
);
