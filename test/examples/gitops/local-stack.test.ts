import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { replaceMarkers, SecretReference } from "../../../provider/definitions/index.ts";
import { readDefinitions } from "../../../provider/definitions/read.ts";
import { root } from "../../../tools/paths.ts";
import { runCommand } from "../../../tools/ps.ts";

/*
 * The stack that pull requests are tried in has what the definitions need: the first example had keys that nobody set, so
 * that no pull request went through.
 */

const example = join(root, "examples/gitops");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "local-stack-"));
  mkdirSync(join(folder, "bin"));
  for (const name of ["npx", "pulumi"]) {
    const path = join(folder, "bin", name);
    writeFileSync(path, `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n`);
    chmodSync(path, 0o755);
  }
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function callsOf(...folders: string[]): Promise<string[]> {
  const { code, stderr } = await runCommand("sh", [join(example, "ci/local-stack.sh"), ...folders], {
    cwd: folder,
    env: { PATH: `${join(folder, "bin")}${delimiter}${process.env.PATH}` },
    timeoutMs: 60_000,
  });
  expect([code, stderr]).toEqual([0, ""]);
  return readFileSync(join(folder, "calls"), "utf8").trim().split("\n");
}

const keysIn = (calls: readonly string[]) =>
  calls.flatMap((call) => /^pulumi config set --stack local --secret -- (\S+) \S+$/.exec(call)?.[1] ?? []);

it("sets every key that the example's definitions name, and starts the service with its seed", async () => {
  cpSync(join(example, "teams"), join(folder, "teams"), { recursive: true });
  const { definitions, problems } = readDefinitions(["teams"], { folder });
  const named: SecretReference[] = [];
  replaceMarkers(
    definitions.map(({ inputs }) => inputs),
    (marker) => marker instanceof SecretReference && named.push(marker),
  );
  expect(problems).toEqual([]);
  expect(named.length).toBeGreaterThan(2);
  expect(named.every(({ from }) => from === "config")).toBe(true);
  const calls = await callsOf("teams", "../base/teams");
  expect(keysIn(calls)).toEqual([...new Set(named.map(({ name }) => name))].sort());
  expect(calls).toContain("npx change-tracking-service --memory --seed seed.yaml");
});

it("takes keys of all folders in every form that YAML has, and gives callback URLs an address", async () => {
  for (const [path, text] of Object.entries({
    "teams/a.yaml": `groups:\n  a: { password: {config: one}, x: { "config": "two" } }\n  b:\n    password:\n      config: 'ns:three'\n`,
    "base/b.yml": "alerts: { a: { callbackUrl: { config: hook }, password: { config: one } } }\n",
  })) {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const calls = await callsOf("teams", "base");
  expect(keysIn(calls)).toEqual(["hook", "ns:three", "one", "two", "hook"]);
  expect(calls.at(-1)).toBe(
    "pulumi config set --stack local --secret -- hook https://example.com/thrown-away",
  );
});

it("a key is no flag and no pattern of file names", async () => {
  mkdirSync(join(folder, "teams"));
  writeFileSync(join(folder, "teams/a.yaml"), "a: { password: { config: --plaintext }, b: { config: * } }\n");
  expect(keysIn(await callsOf("teams"))).toEqual(["*", "--plaintext"]);
});

it("each group of the example is watched, as its own policies want it", () => {
  const { definitions } = readDefinitions(["teams"], { folder: example });
  const named = (map: string) => definitions.filter((one) => one.map === map);
  const watched = named("alerts").flatMap(({ inputs }) => {
    const { groups } = inputs.range as { groups: readonly { name: string }[] };
    return groups.map(({ name }) => name);
  });
  expect(watched.sort()).toEqual(named("groups").map(({ name }) => name));
});
