import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../provider/cli/support.ts";
import { withFiles } from "../provider/definitions/support.ts";
import { withStack } from "../support/e2e.ts";
import { did, type Ground, startGround } from "./support/ground.ts";

/* What `change-tracking init` writes, taken as it is by the real CLI. */

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground.service.stop());

/** The files of `init` in an empty folder. */
const written = () =>
  withFiles({}, async (folder) => {
    expect(await runCli(folder, ["init", "shop"])).toMatchObject({ code: 0, err: "" });
    const names = readdirSync(join(folder, "shop"), { recursive: true, withFileTypes: true });
    const files = names.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
    return Object.fromEntries(
      files.map((path) => [path.slice(join(folder, "shop").length + 1), readFileSync(path, "utf8")]),
    );
  });

it("asks for the secrets that are missing, previews with them, and goes up", async () => {
  const program = await written();
  await withStack({ program, config: ground.config, project: "shop" }, async (stack) => {
    const without = await stack.preview();
    expect(without.ok).toBe(false);
    expect(without.text).toContain("pulumi config set --secret sourcePassword");
    expect(without.text).toContain("pulumi config set --secret groupPassword");

    const secrets = { sourcePassword: "Sourc3-pw-5512", groupPassword: "Gr0up-pw-7391" };
    for (const [key, value] of Object.entries(secrets)) {
      expect((await stack.run(["config", "set", "--secret", key, value])).code).toBe(0);
    }
    const preview = await stack.preview();
    expect([preview.errors, did(preview)]).toEqual([[], ["orders create", "payments-billing create"]]);
    const up = await stack.up();
    expect([up.errors, did(up)]).toEqual([[], ["orders create", "payments-billing create"]]);
    const instance = await ground.onlyInstance();
    expect(await ground.groupNames(instance)).toEqual(["payments-billing"]);
    expect(Object.keys(await stack.outputs()).sort()).toEqual(["groupIds", "topics"]);
  });
});
