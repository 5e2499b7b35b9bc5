import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { argsFiles, readArgsFiles } from "../../tools/docs/args.ts";
import { schemaFiles } from "../../tools/docs/definitions.ts";
import { messagingFiles } from "../../tools/docs/messaging.ts";
import { generatedTables } from "../../tools/docs/tables.ts";
import { fillTables, readDocuments } from "../../tools/docs.ts";
import { root } from "../../tools/paths.ts";

it("the generated tables of the README and of docs/ are up to date (npm run docs)", () => {
  const documents = readDocuments();
  expect(fillTables(documents, generatedTables())).toEqual(documents);
});

it("the args of the resources are as their schemas have the inputs (npm run docs)", () => {
  const files = argsFiles();
  expect(readArgsFiles(Object.keys(files))).toEqual(files);
});

it("the JSON Schema of definitions is as the schemas of the resources have it (npm run docs)", () => {
  const files = schemaFiles();
  expect(readArgsFiles(Object.keys(files))).toEqual(files);
});

it("what reads and writes the messaging wire is as the published definitions have it (npm run docs)", () => {
  const files = messagingFiles();
  expect(Object.keys(files)).toHaveLength(3);
  expect(readArgsFiles(Object.keys(files))).toEqual(files);
});

it("every input has a docstring, also those that tell one form of the inputs from another", () => {
  const lookUps = readFileSync(join(root, "provider/look-ups.ts"), "utf8");
  const lookUpArgs = [...lookUps.matchAll(/export interface \w+Args \{[\s\S]*?\n\}/g)].map(([text]) => text);
  expect(lookUpArgs).toHaveLength(4);
  for (const text of [...Object.values(argsFiles()), ...lookUpArgs]) {
    const lines = text.split("\n");
    const bare = lines.filter(
      (line, index) => /^ +\w+\??: /.test(line) && !lines[index - 1]?.trimEnd().endsWith("*/"),
    );
    expect(bare).toEqual([]);
  }
});

it("a table without a place in any document is an error", () => {
  expect(() => fillTables({ "a.md": "nothing here" }, { limits: "x" })).toThrow(/no document has a place/);
});

it("a place without a table is an error that names the document", () => {
  const documents = { "docs/a.md": "<!-- generated:what -->\n<!-- /generated -->" };
  expect(() => fillTables(documents, {})).toThrow(/^docs\/a\.md asks for the table "what"/);
});
