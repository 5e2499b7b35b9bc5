import { afterAll, beforeAll, expect, it } from "vitest";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { did, type Ground, startGround } from "./support/ground.ts";

/* Definitions as files by the real CLI; what is refused in which file is in test/provider/definitions. */

const PROGRAM = `
import { loadDefinitions } from "pulumi-change-tracking";
const { instances, groups } = loadDefinitions("teams/**/*.yaml", { secrets: { config: ["*", "shared:*"] } });
export const topic = instances.orders?.topic;
export const group = groups.billing?.groupId;
`;

const ORDERS = `instances:
  orders:
    source: { engine: PostgreSQL, accessMethod: RDS, instanceId: pgm-1, user: u, password: { config: sourcePassword } }
    objects: { shop: { tables: [public.orders] } }
`;
const BILLING = `  billing: { platform: changeTracking, instance: orders, account: billing, password: { config: "shared:groupPassword" } }\n`;
const AUDIT = `  audit: { platform: changeTracking, instance: orders, account: audit, password: { env: CHANGE_TRACKING_SECRET_AUDIT } }\n`;
const NOTHING = "# nothing yet\n";

let ground: Ground;
let open: OpenStack;

beforeAll(async () => {
  ground = await startGround();
  open = await openStack({
    program: {
      "index.ts": PROGRAM,
      "teams/platform.yaml": ORDERS,
      "teams/payments/a.yaml": `owner: payments\ngroups:\n${BILLING}${AUDIT}`,
      "teams/payments/b.yaml": NOTHING,
    },
    config: {
      ...ground.config,
      sourcePassword: { secret: "Sourc3-pw-5512" },
      "shared:groupPassword": { secret: "Gr0up-pw-7391" },
    },
    env: { CHANGE_TRACKING_SECRET_AUDIT: "Aud1t-pw-2210" },
  });
});
afterAll(async () => {
  await open?.close();
  await ground?.service.stop();
});

it("files become resources, and stay them when a definition moves to another file", async () => {
  const { stack } = open;
  const up = await stack.up();
  expect(up.errors).toEqual([]);
  expect(did(up)).toEqual(["audit create", "billing create", "orders create"]);
  const instance = await ground.onlyInstance();
  expect(await ground.groupNames(instance)).toEqual(["audit", "billing"]);
  expect(await stack.outputs()).toMatchObject({ group: (await ground.groups(instance)).billing?.id });
  const state = JSON.stringify(await stack.exportState());
  for (const secret of ["Sourc3-pw-5512", "Gr0up-pw-7391", "Aud1t-pw-2210"])
    expect(state).not.toContain(secret);

  stack.edit({
    "teams/payments/a.yaml": NOTHING,
    "teams/payments/b.yaml": `groups:\n${BILLING}`,
    "teams/zz/moved.yaml": `groups:\n${AUDIT}`,
  });
  const moved = await stack.preview();
  expect([moved.errors, did(moved)]).toEqual([[], []]);
});

it("one error lists what is wrong in all files, and nothing is made", async () => {
  const { stack } = open;
  stack.edit({
    "teams/payments/b.yaml": `groups:\n${BILLING.replace("account: billing", "account: billing-1")}`,
    "teams/zz/moved.yaml": `groups:\n${AUDIT.replace("{ env: CHANGE_TRACKING_SECRET_AUDIT }", "hunter2-Secret")}`,
  });
  const preview = await stack.preview();
  expect(preview.ok).toBe(false);
  expect(preview.steps.filter(({ op }) => op !== "same")).toEqual([]);
  expect(preview.text).toContain("2 mistakes in the definitions; nothing was made.");
  expect(preview.text).toMatch(
    /teams\/payments\/b\.yaml:2:\d+: error: account must contain only .* \[DTS-5\]/,
  );
  expect(preview.text).toMatch(
    /teams\/zz\/moved\.yaml:2:\d+: error: password must not stand in the file in clear/,
  );
  expect(preview.text).not.toContain("hunter2");
  expect(preview.text).not.toContain("at loadDefinitions");
});

it("keys of the run and of other projects are out of reach of a definition", async () => {
  const { stack } = open;
  stack.edit({
    "teams/payments/b.yaml": `groups:\n${BILLING.replace("shared:groupPassword", "changetracking:accessKeySecret")}`,
    "teams/zz/moved.yaml": `groups:\n${AUDIT.replace("CHANGE_TRACKING_SECRET_AUDIT", "PULUMI_CONFIG_PASSPHRASE")}`,
  });
  const preview = await stack.preview();
  expect(preview.ok).toBe(false);
  expect(preview.steps.filter(({ op }) => op !== "same")).toEqual([]);
  expect(preview.text).toMatch(/b\.yaml:2:\d+: error: password must not take the key changetracking:access/);
  expect(preview.text).toMatch(/moved\.yaml:2:\d+: error: password must not take the variable PULUMI_CONFIG/);
});

const COMPONENT = `
import * as pulumi from "@pulumi/pulumi";
import { loadDefinitions } from "pulumi-change-tracking";
class Team extends pulumi.ComponentResource {
  constructor(name: string) {
    super("example:Team", name);
    const opts = ({ kind, name, owner }) => ({
      parent: this,
      protect: owner === "payments",
      ...(kind === "groups" && name === "invoices" ? { aliases: [{ name: "billing", parent: pulumi.rootStackResource }] } : {}),
      ...(name === "orders" || name === "audit" ? { aliases: [{ parent: pulumi.rootStackResource }] } : {}),
      transforms: [({ props, opts }) => ({ props, opts })],
    });
    loadDefinitions(["teams"], { opts, secrets: { config: ["*", "shared:*"] } });
  }
}
new Team("shop");
`;

it("in a component, with options of each one's own, aliases and transforms among them", async () => {
  const { stack } = open;
  stack.edit({
    "index.ts": COMPONENT,
    "teams/payments/b.yaml": `groups:\n${BILLING.replace("  billing:", "  invoices:").replace("platform:", "name: billing, platform:")}`,
    "teams/zz/moved.yaml": `owner: payments\ngroups:\n${AUDIT}`,
  });
  const up = await stack.up();
  expect(up.errors).toEqual([]);
  // The component is new; everything else is what it was.
  expect(did(up)).toEqual(["shop create"]);
  const state = await stack.exportState();
  const found = state.find(({ urn }) => urn.endsWith("::invoices"));
  expect(found?.parent).toMatch(/::example:Team::shop$/);
  const ofAudit = state.find(({ urn }) => urn.endsWith("::audit")) as { protect?: boolean } | undefined;
  expect(ofAudit?.protect).toBe(true);
});

it("secrets that are not set are told all at once", async () => {
  const { stack } = open;
  await stack.run(["config", "rm", "sourcePassword"]);
  const preview = await stack.preview({ env: { CHANGE_TRACKING_SECRET_AUDIT: "" } });
  expect(preview.text).toContain("2 mistakes in the definitions; nothing was made.");
  expect(preview.text).toMatch(
    /takes its value from sourcePassword of the stack's configuration, which is not set/,
  );
  expect(preview.text).toMatch(
    /takes its value from the variable CHANGE_TRACKING_SECRET_AUDIT, which is not set/,
  );
});
