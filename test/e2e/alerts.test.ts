import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { cmsByHand } from "../provider/support/alerts.ts";
import { withStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { did } from "./support/ground.ts";

const folder = join(root, "examples/alerts");
const CALLBACK = "https://example.com/alerts?key=s3cret-key-77";

let service: TestService;
let hand: ReturnType<typeof cmsByHand>;
let settings: Record<string, string>;

beforeAll(async () => {
  service = await startService();
  hand = cmsByHand(service);
  const prepare = [join(folder, "prepare.js"), service.url];
  const { stdout } = await promisify(execFile)(process.execPath, prepare, { timeout: 60_000 });
  settings = Object.fromEntries(
    stdout
      .trim()
      .split("\n")
      .map((line) => line.split("=") as [string, string]),
  );
});
afterAll(() => service.stop());

it("the example: up, change, disable, refresh, destroy, with a look at what the service holds", async () => {
  const config = {
    "changetracking:endpoint": service.url,
    ...settings,
    callbackUrl: { secret: CALLBACK },
  };
  await withStack({ program: folder, config, project: "alerts" }, async (stack) => {
    const preview = await stack.preview();
    expect(preview.errors).toEqual([]);
    expect(await hand.rules()).toEqual([]);

    const up = await stack.up();
    expect(up.errors).toEqual([]);
    expect(up.changed.map((step) => step.op)).toEqual(Array(4).fill("create"));
    const { ruleIds } = (await stack.outputs()) as { ruleIds: Record<string, string> };
    const lag = ruleIds.lag ?? "";
    const instanceId = settings.rocketmq4;
    expect(await hand.rule(lag)).toMatchObject({
      RuleName: "lag",
      Resources: JSON.stringify([
        { instanceId, groupId: "GID_billing" },
        { instanceId, groupId: "GID_search" },
      ]),
      Webhook: CALLBACK,
      EnableState: true,
    });
    const { stdout } = await stack.run(["stack", "export"]);
    expect(stdout).not.toContain("s3cret-key-77");
    expect(did(await stack.up())).toEqual([]);

    await stack.run(["config", "set", "lagMax", "5000"]);
    const changed = await stack.up();
    expect(changed.errors).toEqual([]);
    expect(did(changed)).toEqual(["lag update"]);
    expect(await hand.rule(lag)).toMatchObject({ Escalations: { Info: { Threshold: "5000" } } });

    await stack.run(["config", "set", "enabled", "false"]);
    expect(did(await stack.up())).toEqual(["lag update"]);
    expect(await hand.rule(lag)).toMatchObject({ EnableState: false });
    expect(did(await stack.refresh())).toEqual([]);

    await hand.call("EnableMetricRules", { RuleId: [lag] });
    expect(did(await stack.refresh())).toEqual(["lag update"]);
    expect(did(await stack.up())).toEqual(["lag update"]);
    expect(await hand.rule(lag)).toMatchObject({ EnableState: false });

    await stack.run(["config", "set", "contactGroup", "nobody"]);
    const refused = await stack.preview();
    expect(refused.errors.join()).toMatch(
      /contactGroups\[0\] must be an existing contact group, got "nobody"; there are on-call.*\[ALR-2\]/,
    );
    await stack.run(["config", "set", "contactGroup", "on-call"]);

    await hand.put("by-hand", {
      ContactGroups: "on-call",
      Resources: JSON.stringify([{ instanceId, groupId: "GID_search" }]),
    });
    const destroyed = await stack.destroy();
    expect(destroyed.errors).toEqual([]);
    expect(destroyed.warnings.join()).toMatch(
      /"GID_search".*the alert rule "by-hand" \(by-hand\) still watches it/,
    );
    expect((await hand.rules()).map(({ RuleId }) => RuleId)).toEqual(["by-hand"]);
  });
});
