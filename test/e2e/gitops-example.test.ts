import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { build } from "../../tools/build.ts";
import { root } from "../../tools/paths.ts";
import { runCommand } from "../../tools/ps.ts";
import { withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { did } from "./support/ground.ts";

const folder = join(root, "examples/gitops");

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: { seedPath: join(folder, "seed.yaml") } });
});
afterAll(() => service?.stop());

it("the example is checked by the command, goes up, stays as it is, and goes again", async () => {
  await build({ only: ["cli"] });
  const checked = await runCommand(
    process.execPath,
    [join(root, "provider/dist/main.js"), "check", "teams"],
    {
      cwd: folder,
      timeoutMs: 60_000,
    },
  );
  expect(checked).toMatchObject({
    code: 0,
    stdout: "7 definitions in 3 files: nothing is wrong.\n",
    stderr: "",
  });

  const secret = { secret: "Gr0up-pw-7391" };
  const config = {
    "changetracking:endpoint": service.url,
    sourcePassword: secret,
    billingPassword: secret,
    fraudPassword: secret,
    searchPassword: secret,
  };
  await withStack({ program: folder, config, project: "gitops" }, async (stack) => {
    const up = await stack.up();
    expect(up.errors).toEqual([]);
    expect(did(up)).toEqual([
      "orders create",
      "payments-billing create",
      "payments-fraud create",
      "payments-lag create",
      "search-lag create",
      "search-orders create",
      "search-to-queue create",
    ]);
    expect(Object.keys((await stack.outputs()).connections as object).sort()).toEqual([
      "payments-billing",
      "payments-fraud",
      "search-to-queue",
    ]);
    expect(did(await stack.up())).toEqual([]);
    expect((await stack.destroy()).errors).toEqual([]);
  });
});
