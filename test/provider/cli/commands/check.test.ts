import { expect, it } from "vitest";
import { group, ORDERS, withFiles } from "../../definitions/support.ts";
import { runCli } from "../support.ts";

const inFiles = (files: Record<string, string>, argv: string[], hasColors = false) =>
  withFiles(files, (folder) => runCli(folder, ["check", ...argv], { hasColors }));

it("ends with 0 and one line when nothing is wrong", async () => {
  const files = { "teams/a.yaml": ORDERS, "teams/b.yaml": `groups:\n${group("billing")}` };
  expect(await inFiles(files, [])).toEqual({
    code: 0,
    out: "2 definitions in 2 files: nothing is wrong.\n",
    err: "",
  });
});

it("ends with 1 and shows every mistake with its line and a caret; colours only where they can be seen", async () => {
  const files = {
    "x.yaml": `${ORDERS}groups:\n${group("消息", ", account: a-b").replace("account: __, ", "")}`,
  };
  const plain = await inFiles(files, ["x.yaml"]);
  expect(plain.code).toBe(1);
  expect(plain.out.split("\n")).toEqual([
    'x.yaml:6:91: error: account must contain only A-Z, a-z, 0-9 and _, got "a-b" [DTS-5] (InvalidInput, groups.消息)',
    "  6 |   消息: { platform: changeTracking, instance: orders, password: { config: group }, account: a-b }",
    `    | ${" ".repeat(92)}^^^`,
    "",
    "2 definitions in 1 file: 1 error.",
    "",
  ]);
  const colored = await inFiles(files, ["x.yaml"], true);
  expect(colored.out).toContain("^^^\u001b[39m");
});

it("ends with 2 when there is nothing to look at", async () => {
  const { code, out } = await inFiles({ "a.txt": "" }, []);
  expect(code).toBe(2);
  expect(out).toMatch(/^teams:1:1: error: is no file, and no folder .*; it was looked for in \//);
});

it("which secrets definitions may name is told as the program has it, several times where there are several", async () => {
  const files = {
    "teams/a.yaml": `${ORDERS.replace("{ config: source }", "{ env: TEAM_PW }")}groups:\n${group("a").replace("{ config: group }", "{ config: 'shared:a' }")}`,
  };
  const refused = await inFiles(files, []);
  expect([refused.code, refused.out.match(/ForbiddenSecret/g)?.length]).toEqual([1, 2]);
  const flags = ["--secrets-env", "X_*", "--secrets-env", "TEAM_*", "--secrets-config", "shared:*"];
  expect((await inFiles(files, flags)).out).toBe("2 definitions in 1 file: nothing is wrong.\n");
});
