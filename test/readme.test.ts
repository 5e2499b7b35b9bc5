import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "./support/sources.ts";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const readmes = ["README.md", "service/README.md", "ARCHITECTURE.md"].concat(
  readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  readdirSync(join(root, "examples"))
    .map((name) => `examples/${name}/README.md`)
    .filter((path) => existsSync(join(root, path))),
);

/** What the compiler says of each text, taken for a file of this repository; in one run, which is what takes time. */
function complaintsAbout(texts: readonly string[]): string[][] {
  const paths = texts.map((_, index) => join(root, `examples/quickstart/readme-sample-${index}.ts`));
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [], files: paths }, ts.sys, root);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const textOf = (name: string) => texts[paths.indexOf(name)];
  host.fileExists = (name) => textOf(name) !== undefined || fileExists(name);
  host.getSourceFile = (name, ...rest) => {
    const text = textOf(name);
    return text === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, text, ts.ScriptTarget.ES2024);
  };
  const program = ts.createProgram(paths, options, host);
  return paths.map((path) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((one) => ts.flattenDiagnosticMessageText(one.messageText, "\n"));
  });
}

describe("the README", () => {
  const samples = [...read("README.md").matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1] ?? "");

  it("has samples that compile as they stand", () => {
    expect(samples.length).toBeGreaterThan(0);
    // The check bites: without its import a sample does not compile.
    const broken = (samples[0] ?? "").replace(/^import \* as pulumi.*$/m, "");
    const [ofBroken, ...ofSamples] = complaintsAbout([broken, ...samples]);
    expect(ofSamples.flat()).toEqual([]);
    expect(ofBroken).not.toEqual([]);
  });

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

it.each(readmes)("every link of %s to a file leads to one", (path) => {
  const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((match) => match[1] ?? "");
  expect(links.filter((link) => !existsSync(join(root, dirname(path), link)))).toEqual([]);
});
