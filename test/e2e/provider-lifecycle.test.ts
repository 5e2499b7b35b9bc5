import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import {
  GROUP_PASSWORD,
  ONE_INSTANCE_THREE_GROUPS,
  program,
  SOURCE_PASSWORD,
} from "../provider/support/programs.ts";
import { somebodyElse } from "../provider/support/service.ts";
import { removeProvider, withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";

let service: TestService;
let others: ReturnType<typeof somebodyElse>;

beforeEach(async () => {
  service = await startService();
  others = somebodyElse(service);
});
afterEach(() => service.stop());

const config = () => ({ "changetracking:endpoint": service.url });
const done = (run: { changed: { op: string; name: string }[] }) =>
  run.changed.map((step) => `${step.op} ${step.name}`);

describe("an instance with its groups, by the real CLI", () => {
  it("previews, applies, applies again without a change, refreshes without drift, shows a drift, and is destroyed", async () => {
    await withStack({ program: ONE_INSTANCE_THREE_GROUPS, config: config() }, async (stack) => {
      const preview = await stack.preview({ args: ["--diff"] });
      expect(preview.changes.create).toBe(5);
      expect(await others.instances()).toEqual([]);
      expect(preview.text).not.toContain("__identity");

      const up = await stack.up();
      expect(up.ok).toBe(true);
      expect(await others.groupNames()).toEqual(["audit", "billing", "search"]);
      const { instanceId, status, topic } = await stack.outputs();
      expect(instanceId).toBe((await others.instances())[0]?.DtsInstanceID);
      expect(status).toBe("Normal");
      expect(topic).toMatch(/version2$/);

      const again = await stack.up();
      expect(again.ok).toBe(true);
      expect(again.changed).toEqual([]);
      const still = await stack.refresh();
      expect(still.changed).toEqual([]);
      expect(still.diagnostics).toEqual([]);

      const [group] = await others.groups(String(instanceId));
      await others.api.modifyGroup({
        DtsInstanceId: String(instanceId),
        ConsumerGroupId: group?.id ?? "",
        ConsumerGroupName: "by-hand",
      });
      const drift = await stack.refresh();
      expect(drift.steps.filter((step) => step.outcome === "update").map((step) => step.name)).toEqual([
        group?.name,
      ]);
      const mending = await stack.preview({ args: ["--diff"] });
      expect(done(mending)).toEqual([`update ${group?.name}`]);
      expect(mending.text).toMatch(new RegExp(`~ name *: "by-hand" => "${group?.name}"`));
      expect((await stack.up()).ok).toBe(true);
      expect(await others.groupNames()).toEqual(["audit", "billing", "search"]);

      const destroy = await stack.destroy();
      expect(destroy.ok).toBe(true);
      expect(await others.instances()).toEqual([]);
    });
  });

  it("refreshes and deletes after the program's code is gone; without the package the error names it", async () => {
    await withStack({ program: ONE_INSTANCE_THREE_GROUPS, config: config() }, async (stack) => {
      expect((await stack.up()).ok).toBe(true);
      stack.edit({ "index.js": "throw new Error('gone');" });
      const refresh = await stack.refresh();
      expect(refresh.ok).toBe(true);
      expect(refresh.changed).toEqual([]);
      expect((await stack.destroy({ args: ["--target", "**::audit"] })).ok).toBe(true);
      expect(await others.groupNames()).toEqual(["billing", "search"]);
      removeProvider(stack.folder);
      const refused = await stack.destroy();
      expect(refused.ok).toBe(false);
      expect(refused.errors.join()).toContain("Cannot find module 'pulumi-change-tracking/runtime'");
      expect(await others.groupNames()).toEqual(["billing", "search"]);
    });
  });

  it("keeps passwords out of the state, the logs and the texts, also when calls fail", async () => {
    const body = `const on = instance("orders"); group("a", on); exports.password = on.source;`;
    await withStack({ program: program(body), config: config() }, async (stack) => {
      const texts = [await stack.preview({ args: ["--diff"] }), await stack.up()];
      await service.admin("POST", "faults", {
        action: "ModifyConsumerChannel",
        kind: "error",
      });
      stack.edit(program(`group("a", instance("orders"), { password: "${GROUP_PASSWORD}-2" });`));
      texts.push(await stack.up({ args: ["--diff"] }));
      expect(texts[2]?.ok).toBe(false);
      texts.push(await stack.refresh({ args: ["--diff"] }));
      const files = filesUnder(stack.stateDir).map((path) => readFileSync(path, "utf8"));
      expect(files.length).toBeGreaterThan(1);
      const all = [...texts.map((one) => one.text + JSON.stringify(one)), ...files, service.logs()];
      expect(
        all
          .flatMap((text) => [around(text, GROUP_PASSWORD), around(text, SOURCE_PASSWORD)].join(""))
          .join(""),
      ).toBe("");
    });
  });

  it("with nothing configured and nobody there, preview and up fail and say how to start the service", async () => {
    // Also where somebody is: whoever follows the README has a service at the default port.
    const nobodyThere = { NODE_OPTIONS: `--require ${join(root, "test/support/nobody-there.cjs")}` };
    await withStack({ program: ONE_INSTANCE_THREE_GROUPS, env: nobodyThere }, async (stack) => {
      const preview = await stack.preview();
      expect(preview.ok).toBe(false);
      expect(preview.errors.join()).toMatch(
        /No endpoint is configured.*npx change-tracking-service.*target cloud/s,
      );
      const up = await stack.up();
      expect(up.ok).toBe(false);
      expect(up.errors.join()).toMatch(/npx change-tracking-service/);
    });
  });

  it("a service that has moved is reached through the environment, also by a destroy", async () => {
    await withStack(
      { program: ONE_INSTANCE_THREE_GROUPS, config: { "changetracking:endpoint": "http://127.0.0.1:1" } },
      async (stack) => {
        const env = { CHANGE_TRACKING_ENDPOINT: service.url };
        expect((await stack.up({ env })).ok).toBe(true);
        const destroy = await stack.destroy({ env });
        expect(destroy.ok).toBe(true);
        expect(destroy.text).toContain(`CHANGE_TRACKING_ENDPOINT ${service.url} is used instead of`);
        expect(await others.instances()).toEqual([]);
      },
    );
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

/** Where a secret stands in a text; empty when it does not. */
function around(text: string, secret: string): string {
  const at = text.indexOf(secret);
  return at < 0 ? "" : text.slice(Math.max(0, at - 200), at + 40);
}
