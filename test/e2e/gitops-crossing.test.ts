import { writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createServer, type TLSSocket } from "node:tls";
import { afterAll, beforeAll, expect, it } from "vitest";
import { PRODUCTS } from "../../contract/products.ts";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { SELF_SIGNED } from "../provider/support/self-signed.ts";
import type { TestStack } from "../support/e2e.ts";
import { startService, type TestService } from "../support/service.ts";
import { did, idsOf } from "./support/ground.ts";

/*
 * One program, two stacks: the local service, and another side that is reached by HTTPS and takes other keys. What differs
 * is the stack's configuration, as docs/crossing.md has it. The other side is a second service behind a TLS listener.
 */

const KEY = { accessKeyId: "the-other-side", accessKeySecret: "Oth3r-side-secret-4417" };
const OTHER = ["--stack", "other"];
const products = Object.values(PRODUCTS).map(({ endpointKey }) => endpointKey);

const PROGRAM = `
import * as pulumi from "@pulumi/pulumi";
import { ChangeTrackingInstance, ConsumerGroup } from "pulumi-change-tracking";
const config = new pulumi.Config();
const orders = new ChangeTrackingInstance("orders", {
  source: {
    engine: "PostgreSQL", accessMethod: "RDS", instanceId: "pgm-bp1orders", databaseName: "shop", user: "tracker",
    password: config.requireSecret("sourcePassword"),
  },
  objects: { shop: { tables: ["public.orders"] } },
});
for (const team of ["billing", "search"]) {
  const password = config.requireSecret("groupPassword");
  new ConsumerGroup(team, { platform: "changeTracking", instance: orders, account: team, password });
}`;

let local: TestService;
let other: TestService;
let tls: ReturnType<typeof createServer>;
let open: OpenStack;
let stack: TestStack;
let address: string;

beforeAll(async () => {
  local = await startService();
  other = await startService({ settings: { keys: [{ ...KEY, rights: "all", active: true }] } });
  tls = createServer(SELF_SIGNED, (socket: TLSSocket) => {
    const onward = connect(other.port, "127.0.0.1");
    for (const [one, peer] of [[socket, onward] as const, [onward, socket] as const]) {
      one.on("error", () => peer.destroy()).on("close", () => peer.destroy());
      one.pipe(peer);
    }
  });
  await new Promise<void>((resolve) => tls.listen(0, "127.0.0.1", resolve));
  address = `https://localhost:${(tls.address() as { port: number }).port}`;
  const config = {
    "changetracking:endpoint": local.url,
    "changetracking:region": "cn-hangzhou",
    ...{ sourcePassword: { secret: "Sourc3-pw-5512" }, groupPassword: { secret: "Gr0up-pw-7391" } },
  };
  open = await openStack({ program: { "index.ts": PROGRAM }, config });
  stack = open.stack;
  const pem = join(stack.folder, "issuer.pem");
  writeFileSync(pem, SELF_SIGNED.cert);
  stack.env.NODE_EXTRA_CA_CERTS = pem;
});
afterAll(async () => {
  await open.close();
  await new Promise((resolve) => tls.close(resolve));
  await Promise.all([local.stop(), other.stop()]);
});

interface Call {
  accessKeyId: string;
  action: string;
  code: string;
}

/** Whose calls a service has carried out, how often it has made an instance, and how often it was called at all. */
async function callsOf(service: TestService): Promise<{ keys: string[]; made: number; all: number }> {
  const { calls = [] } = (await service.admin("GET", "journal?limit=500")) as { calls?: Call[] };
  const done = calls.filter(({ code }) => code === "OK");
  const keys = [...new Set(done.map((call) => call.accessKeyId))];
  return {
    keys,
    made: done.filter(({ action }) => action === "CreateDtsInstance").length,
    all: calls.length,
  };
}

it("goes to the local service first", async () => {
  const up = await stack.up();
  expect(up.errors).toEqual([]);
  expect(did(up)).toEqual(["billing create", "orders create", "search create"]);
  expect(await callsOf(local)).toMatchObject({ keys: ["local"], made: 1 });
  expect((await callsOf(other)).all).toBe(0);
});

it("crosses by the stack's configuration alone: by HTTPS, with other keys, and the local service is not asked", async () => {
  const before = (await callsOf(local)).all;
  const endpoints = JSON.stringify(Object.fromEntries(products.map((product) => [product, address])));
  const config = `config:\n  changetracking:endpoints: '${endpoints}'\n  changetracking:region: cn-hangzhou\n`;
  writeFileSync(join(stack.folder, "Pulumi.other.yaml"), config);
  await stack.run(["stack", "init", "other", "--no-select"]);
  const secrets = { sourcePassword: "Sourc3-pw-1170", groupPassword: "Gr0up-pw-2261" };
  for (const [key, value] of Object.entries(secrets)) await set(key, value);

  const stranger = await stack.up({ args: OTHER });
  expect(stranger.errors.join()).toContain("[KeysRefused]");
  expect((await callsOf(other)).made).toBe(0);

  await set("changetracking:accessKeyId", KEY.accessKeyId);
  await set("changetracking:accessKeySecret", KEY.accessKeySecret);
  const up = await stack.up({ args: OTHER });
  expect(up.errors).toEqual([]);
  expect(did(up)).toEqual(["billing create", "orders create", "search create"]);
  expect(await callsOf(other)).toMatchObject({ keys: [KEY.accessKeyId], made: 1 });
  expect((await callsOf(local)).all).toBe(before);
  expect(did(await stack.up({ args: OTHER }))).toEqual([]);
});

it("what is there and in no state is taken over, not made a second time", async () => {
  const ids = await idsOfOther();
  await stack.run(["stack", "rm", "other", "--force", "--yes", "--preserve-config"]);
  await stack.run(["stack", "init", "other", "--no-select"]);
  const adopting = { CHANGE_TRACKING_ADOPT_EXISTING: "true" };
  const up = await stack.up({ args: OTHER, env: adopting });
  expect(up.errors).toEqual([]);
  expect((await callsOf(other)).made).toBe(1);
  expect(await idsOfOther()).toEqual(ids);
  const again = await stack.up({ args: OTHER });
  expect([again.errors, did(again)]).toEqual([[], []]);
});

it("a destroy here leaves the other side alone", async () => {
  expect((await stack.destroy()).errors).toEqual([]);
  expect(Object.values(await idsOfOther())).not.toContain("");
  expect(did(await stack.refresh({ args: OTHER }))).toEqual([]);
  expect((await stack.destroy({ args: OTHER })).errors).toEqual([]);
});

async function set(key: string, value: string): Promise<void> {
  const { code, stderr } = await stack.run(["config", "set", "--secret", ...OTHER, key, value]);
  expect(code, stderr).toBe(0);
}

async function idsOfOther(): Promise<Record<string, string>> {
  const { stdout } = await stack.run(["stack", "export", ...OTHER]);
  const state = JSON.parse(stdout) as { deployment: { resources: { urn: string; id?: string }[] } };
  const { orders, billing, search } = idsOf(state.deployment.resources);
  return { orders: orders ?? "", billing: billing ?? "", search: search ?? "" };
}
