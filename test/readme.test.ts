import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { complaintsAbout } from "./support/compile.ts";
import { root } from "./support/sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
/** Read where the packages are published. */
const packageReadmes = ["provider/README.md", "records/README.md", "service/README.md"];
const readmes = ["README.md", "ARCHITECTURE.md"].concat(
  readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  readdirSync(join(root, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((path) => existsSync(join(root, path))),
);

const withDocstrings = [
  "provider/alert-rule.ts",
  "provider/change-tracking-instance.ts",
  "provider/consumer-group.ts",
  "provider/inflow-task.ts",
  "provider/load-definitions.ts",
  "service/start.ts",
];

describe("samples", () => {
  const ofReadmes = ["README.md", ...packageReadmes].map((path) =>
    [...read(path).matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? ""),
  );
  const ofDocstrings = withDocstrings.map((path) => examplesIn(read(path)));

  it("stand in every README and at every class", () => {
    const counts = [...ofReadmes, ...ofDocstrings].map((samples) => samples.length);
    expect(counts).not.toContain(0);
  });

  it("compile as they stand", () => {
    const samples = [...ofReadmes, ...ofDocstrings].flat();
    // The check bites: without its import a sample does not compile.
    const broken = (samples[0] ?? "").replace(/^import \* as pulumi.*$/m, "");
    const [ofBroken, ...ofSamples] = complaintsAbout([broken, ...samples]);
    expect(ofSamples.flat()).toEqual([]);
    expect(ofBroken).not.toEqual([]);
  });
});

/** Whole programs under `@example`, without the stars of their comment. */
function examplesIn(source: string): string[] {
  const found = source.matchAll(/@example\n \* ```ts\n([\s\S]*?) \* ```\n/g);
  return [...found].map((match) => (match[1] ?? "").replace(/^ \* ?/gm, ""));
}

describe("files that documents name", () => {
  it.each(readmes)("%s: are there", (readme) => {
    const folders = "bench|contract|docs|examples|provider|records|service|test|tools";
    const named = read(readme).matchAll(new RegExp(`\`((?:${folders})/[\\w./-]*)\``, "g"));
    expect([...named].map((match) => match[1] ?? "").filter((path) => !existsSync(join(root, path)))).toEqual(
      [],
    );
  });
});

describe("the programs of docs/consume.md", () => {
  it.each(["java/ReadChanges.java", "python/read_changes.py"])("%s: stands there as it is run", (path) => {
    expect(read("docs/consume.md")).toContain(read(`examples/consume/${path}`).trimEnd());
  });
});

describe("the README", () => {
  it("is read in one go", () => {
    expect(read("README.md").split("\n").length).toBeLessThanOrEqual(200);
  });

  it("never sends anybody to a registry that has no such package", () => {
    const commands = readmes.flatMap(
      (path) => read(path).match(/^(npm (install|i|add)|pnpm add) .*$/gm) ?? [],
    );
    const bare = commands.filter((line) =>
      /\s(pulumi-change-tracking|change-tracking-service)(\s|@|$)/.test(line),
    );
    expect(bare).toEqual([]);
    expect(read("README.md")).toContain("npm pack -w provider -w service");
  });
});

it.each([...readmes, ...packageReadmes])("every link of %s to a file leads to one", (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
  expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
});
