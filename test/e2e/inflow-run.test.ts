import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "../../tools/paths.ts";

const RUN_MS_MAX = 600_000;
const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith("change-tracking-inflow-"));

it("npm run inflow: rows become messages, by the real CLI, and nothing is left", async () => {
  const before = folders();
  const args = [join(root, "tools/inflow.ts")];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: RUN_MS_MAX });
  const messages = stdout.split("\n").filter((line) => /^ {3}(INSERT|UPDATE|DELETE) /.test(line));
  expect(messages.map((line) => line.replace(/RECORD=\d+/, "RECORD=n").trim())).toEqual([
    'INSERT {"id":1,"customer_id":7,"amount":"12.50","size":"small"} [RECORD=n TABLE=orders]',
    'INSERT {"id":3,"customer_id":8,"amount":"250.00","size":"large"} [RECORD=n TABLE=orders]',
    'UPDATE {"id":1,"customer_id":7,"amount":"99.90","size":"small"} [RECORD=n TABLE=orders]',
  ]);
  expect(stdout).toContain("+ 5 created");
  expect(stdout).toContain("- 5 deleted");
  expect(stdout).not.toContain("error");
  expect(folders()).toEqual(before);
});
