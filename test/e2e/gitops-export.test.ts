import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../provider/cli/support.ts";
import { withFiles } from "../provider/definitions/support.ts";
import { cmsByHand } from "../provider/support/alerts.ts";
import { queueWithTopic, tasksByHand } from "../provider/support/inflow.ts";
import { withStack } from "../support/e2e.ts";
import { did, type Ground, idsOf, startGround } from "./support/ground.ts";

/* What was made without files becomes files, and the next `up` takes it over as it is. */

let ground: Ground;

beforeAll(async () => {
  ground = await startGround();
});
afterAll(() => ground?.service.stop());

it("export writes what is there; check finds nothing wrong, and up takes all of it over", async () => {
  const orders = await ground.makeInstance("orders");
  const billing = await ground.makeGroup(orders, "billing");
  const search = await ground.makeGroup(orders, "search (EU)");
  await ground.call("CreateDtsInstance", {
    RegionId: "cn-hangzhou",
    Type: "SUBSCRIBE",
    SourceRegion: "cn-hangzhou",
    SourceEndpointEngineName: "MySQL",
    PayType: "PostPaid",
    Quantity: 1,
  });
  const queue = await queueWithTopic(ground.service);
  const task = { instance: orders, groupId: billing, queue };
  await tasksByHand(ground.service).run("to-queue", task, "By-hand-7391");
  const cms = cmsByHand(ground.service);
  await cms.contacts("on-call");
  await cms.put("lag", { Resources: `[{"instanceId":"${queue}","groupId":"GID_billing"}]` });

  await withFiles({}, async (folder) => {
    const env = { CHANGE_TRACKING_ENDPOINT: ground.service.url };
    const ran = await runCli(folder, ["export"], { env });
    expect({ code: ran.code, err: ran.err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^left out: the instance dts\w+ is not configured: it has no source yet\n$/),
    });
    expect(ran.out).toContain("cn-hangzhou: 1 instance, 2 consumer groups, 1 inflow task, 1 alert rule.\n");
    expect(readdirSync(join(folder, "teams"))).toEqual(["alerts.yaml", "orders.yaml", "tasks.yaml"]);
    expect(await runCli(folder, ["check"])).toMatchObject({ code: 0 });
    expect(await runCli(folder, ["fmt", "--check"])).toMatchObject({ code: 0 });
    // A second export writes nothing over.
    const again = await runCli(folder, ["export"], { env });
    expect([again.code, again.err]).toEqual([
      2,
      expect.stringMatching(/teams\/orders\.yaml, teams\/tasks\.yaml, teams\/alerts\.yaml are there already/),
    ]);

    const secrets = [...ran.out.matchAll(/config set --secret (\S+)/g)].map(([, key = ""]) => key);
    const files = Object.fromEntries(
      readdirSync(join(folder, "teams")).map((name) => [
        `teams/${name}`,
        readFileSync(join(folder, "teams", name), "utf8"),
      ]),
    );
    const program = `import { loadDefinitions } from "pulumi-change-tracking";\nloadDefinitions("teams/**/*.yaml");\n`;
    const config = Object.fromEntries(secrets.map((key) => [key, { secret: "By-hand-7391" }]));
    await withStack(
      { program: { "index.ts": program, ...files }, config: { ...ground.config, ...config } },
      async (stack) => {
        const up = await stack.up();
        expect(up.errors).toEqual([]);
        expect(did(up)).toEqual([
          "billing create",
          "lag create",
          "orders create",
          "search-EU create",
          "to-queue create",
        ]);
        expect(idsOf(await stack.exportState())).toMatchObject({
          orders,
          billing,
          "search-EU": search,
          "to-queue": "to-queue",
          lag: "lag",
        });
        expect(await ground.groupNames(orders)).toEqual(["billing", "search (EU)"]);
        const again = await stack.preview();
        expect([again.errors, did(again)]).toEqual([[], []]);
      },
    );
  });
});

it("says what is wrong with the arguments and with the way to the service", async () => {
  const at = (...argv: string[]) => runCli("/tmp", ["export", ...argv]);
  expect((await at("here")).err).toMatch(/export takes no argument, got here/);
  expect((await at("--target", "moon")).err).toMatch(/--target must be cloud, got moon/);
  const nobody = await at("--endpoint", "http://127.0.0.1:9");
  expect([nobody.code, nobody.out]).toEqual([2, ""]);
  expect(nobody.err).toMatch(/127\.0\.0\.1:9/);
});
