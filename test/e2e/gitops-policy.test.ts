import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { root } from "../../tools/paths.ts";
import { ensurePulumi } from "../../tools/pulumi.ts";
import { cmsByHand } from "../provider/support/alerts.ts";
import { type RunResult, type TestStack, withStack } from "../support/e2e.ts";
import { needs } from "../support/needs.ts";
import { did, type Ground, startGround } from "./support/ground.ts";

/* The policies of examples/gitops/policy, run by the real CLI; each by itself is under test/examples. */

const { how } = await ensurePulumi();
const SECRETS = { sourcePassword: { secret: "Sourc3-pw-5512" }, groupPassword: { secret: "Gr0up-pw-7391" } };

let ground: Ground;
beforeAll(async () => {
  ground = await startGround();
  await cmsByHand(ground.service).contacts("on-call");
});
afterAll(() => ground.service.stop());

const program = (instance: string, group: string, more = "") => ({
  "index.ts": `
import * as pulumi from "@pulumi/pulumi";
import { AlertRule, ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";
const config = new pulumi.Config();
const source = {
  engine: "PostgreSQL", accessMethod: "RDS", instanceId: "pgm-bp1orders", databaseName: "shop", user: "tracker",
  password: config.requireSecret("sourcePassword"),
} as const;
const orders = new ChangeTrackingInstance("orders", {
  region: "cn-hangzhou", source, objects: { shop: { tables: ["public.orders"] } }, ${instance}
});
const reader = {
  platform: "changeTracking", instance: orders, account: "reader", password: config.requireSecret("groupPassword"),
} as const;
const trigger = { statistic: "Maximum", comparison: ">", threshold: 60_000, times: 3 } as const;
const group = new ConsumerGroup(${group} });
${more}`,
});
const bad = program("", '"billing", { ...reader, forceUnsubscribe: true');
const good = program(
  'tags: { owner: "platform" }',
  '"payments-billing", { ...reader',
  `new AlertRule("payments-lag", {
    product: "changeTracking", metric: "ConsumerGroupDelay", trigger, contactGroups: ["on-call"],
    range: { kind: "instances", instance: orders, groups: [group] },
  });`,
);

interface Packed {
  stack: TestStack;
  /** Arguments of a run with the pack, each policy at its own level where nothing else is said. */
  args(config?: Record<string, unknown>): string[];
}

/** A stack with the pack in its folder, where its packages are. */
async function withPack(
  files: Record<string, string>,
  work: (packed: Packed) => Promise<void>,
  pack = "policy/start.sh",
): Promise<void> {
  const config = { ...ground.config, ...SECRETS };
  await withStack({ program: files, config }, async (stack) => {
    cpSync(join(root, "examples/gitops/policy"), join(stack.folder, "policy"), { recursive: true });
    const args = (policies: Record<string, unknown> = {}) => {
      const file = join(stack.folder, "policies.json");
      writeFileSync(file, JSON.stringify(policies));
      return ["--policy-pack", join(stack.folder, pack), "--policy-pack-config", file];
    };
    await work({ stack, args });
  });
}

/** What a run says was broken: policy, level and resource. */
function violations(run: RunResult): string[] {
  const found = run.text.matchAll(/\[(mandatory|advisory)\]\s+(\S+)\s+\([^)]*: ([^)]*)\)/g);
  return [...new Set([...found].map(([, level, policy, name]) => `${policy} ${level} ${name}`))].sort();
}

it("a preview is refused for what a stack breaks, each policy at its level, and nothing is made", async () => {
  const config = {
    "team-prefix": { enforcementLevel: "advisory", teams: ["search"] },
    "no-force-unsubscribe": { stacks: ["dev"] },
    "alert-for-each-group": "mandatory",
  };
  await withPack(bad, async ({ stack, args }) => {
    const run = await stack.preview({ args: args(config) });
    expect(run.ok).toBe(false);
    expect(violations(run)).toEqual([
      "alert-for-each-group mandatory billing",
      "no-force-unsubscribe mandatory billing",
      "owner-tags mandatory orders",
      "team-prefix advisory billing",
    ]);
    expect(run.text).toContain("for example search-billing. Teams are: search.");
    for (const { secret } of Object.values(SECRETS)) expect(run.text).not.toContain(secret);
    expect(await ground.instances()).toEqual([]);
  });
});

it("what the policies want passes before ids are known, goes up, and stays so", async () => {
  await withPack(good, async ({ stack, args }) => {
    const all = args({ "alert-for-each-group": "mandatory", "team-prefix": { teams: ["payments"] } });
    const preview = await stack.preview({ args: all });
    expect([preview.errors, violations(preview)]).toEqual([[], []]);
    // That it passed and not that it was left out.
    expect(preview.text).toMatch(/✅ change-tracking@v/);
    expect(preview.text).not.toContain("during preview");
    const up = await stack.up({ args: all });
    expect([up.errors, violations(up)]).toEqual([[], []]);
    expect(did(up)).toHaveLength(3);
    const again = await stack.preview({ args: all });
    expect([did(again), violations(again)]).toEqual([[], []]);
    await stack.destroy();
  });
});

it("the file that stands beside the pack sets up policies that there are", async () => {
  await withPack(good, async ({ stack }) => {
    const file = join(stack.folder, "policy/config.json");
    const pack = ["--policy-pack", join(stack.folder, "policy/start.sh"), "--policy-pack-config", file];
    const run = await stack.preview({ args: pack });
    expect([run.errors, violations(run)]).toEqual([[], []]);
    writeFileSync(file, JSON.stringify({ "team-prefix": { team: ["payments"], teams: "payments" } }));
    const wrong = await stack.preview({ args: pack });
    expect([wrong.ok, wrong.errors.join()]).toEqual([false, expect.stringContaining("teams")]);
  });
});

// The host of the CLI that is built from Go modules answers `not supported`; every official release has it.
const packsByFolder = needs({
  name: "a Pulumi CLI from an official release: the Node.js host of one that is built from Go modules runs no packs",
  available: how !== "build",
  offeredByRegistries: false,
});

packsByFolder("the pack is taken as a folder", async () => {
  await withPack(
    bad,
    async ({ stack, args }) => {
      expect(violations(await stack.preview({ args: args() }))).toEqual([
        "alert-for-each-group advisory billing",
        "owner-tags mandatory orders",
        "team-prefix mandatory billing",
      ]);
    },
    "policy",
  );
});
