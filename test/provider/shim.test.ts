import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "../../tools/build.ts";
import { root } from "../../tools/paths.ts";

/** What Pulumi writes into states. A change here breaks with every state that exists: add beside it, never change it. */
const PINNED = readFileSync(join(import.meta.dirname, "serialized-provider.txt"), "utf8");

const SCRIPT = `
const pulumi = require("@pulumi/pulumi");
pulumi.runtime.setMocks({
  newResource: ({ type, name, inputs }) => {
    console.log(JSON.stringify({ type, name, inputs }));
    return { id: name + "-id", state: inputs };
  },
  call: () => ({}),
}, "project", "stack", false);
const { ChangeTrackingInstance, ConsumerGroup } = require("pulumi-change-tracking");
const instance = new ChangeTrackingInstance("orders", {
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", password: "s" },
  objects: { shop: {} },
  region: "cn-beijing",
});
const group = (name, on) =>
  new ConsumerGroup(name, { platform: "changeTracking", instance: on, account: "a", password: "p" });
group("byResource", instance);
group("byId", instance.id);
group("byApply", pulumi.output(instance).apply((one) => one.id));
group("byLiteral", "dtsother");
class Team extends pulumi.ComponentResource {
  constructor(name, on) {
    super("my:Team", name);
    new ConsumerGroup("inside", { platform: "changeTracking", instance: on, account: "a", password: "p" }, { parent: this });
  }
}
new Team("team", instance.id);
`;

interface Registered {
  type: string;
  name: string;
  inputs: Record<string, unknown> & { __provider: string; __identity: Record<string, unknown> };
}

let folder: string;
let registered: Registered[];

beforeAll(async () => {
  await build({ only: ["provider", "runtime"] });
  folder = mkdtempSync(join(tmpdir(), "change-tracking-shim-"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(join(root, "node_modules/@pulumi"), join(modules, "@pulumi"));
  for (const part of ["package.json", "dist/index.js", "dist/runtime.js"]) {
    cpSync(join(root, "provider", part), join(modules, "pulumi-change-tracking", part));
  }
  writeFileSync(join(folder, "run.js"), SCRIPT);
  const { stdout } = await promisify(execFile)(process.execPath, ["run.js"], {
    cwd: folder,
    timeout: 100_000,
  });
  registered = stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as Registered);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const named = (name: string) => {
  const found = registered.find((one) => one.name === name);
  if (!found) throw new Error(`${name} was not registered`);
  return found;
};

describe("the text in every state", () => {
  it("is exactly what it always was", () => {
    expect(named("byResource").inputs.__provider).toBe(PINNED);
    expect(named("orders").inputs.__provider).toBe(
      PINNED.replaceAll('"ConsumerGroup"', '"ChangeTrackingInstance"'),
    );
  });

  it("runs, loads the installed package and hands the calls over", async () => {
    const script = `
      const provider = (() => { const exports = {}; ${PINNED}; return exports; })().handler();
      Promise.resolve(provider.configure({ config: { get: () => undefined } }))
        .then(() => provider.check({}, { platform: "changeTracking", instance: "dtsx", account: "a" }))
        .then((result) => console.log(JSON.stringify(result.failures)));
    `;
    writeFileSync(join(folder, "call.js"), script);
    const env = { ...process.env, CHANGE_TRACKING_ENDPOINT: "http://127.0.0.1:1" };
    symlinkSync(join(root, "node_modules/zod"), join(folder, "node_modules/zod"));
    const { stdout } = await promisify(execFile)(process.execPath, ["call.js"], {
      cwd: folder,
      env,
      timeout: 100_000,
    });
    // Without a property the engine prints no value.
    expect(JSON.parse(stdout)).toEqual([
      { property: "", reason: "name is required [DTS-3]" },
      { property: "", reason: "password is required [DTS-6]" },
    ]);
  });

  it("names the package when it is missing", async () => {
    writeFileSync(
      join(folder, "missing.js"),
      `
      const { handler } = (() => { const exports = {}; ${PINNED.replaceAll("pulumi-change-tracking", "pulumi-change-tracking-gone")}; return exports; })();
      try { handler(); } catch (error) { console.log(error.message); }
    `,
    );
    const { stdout } = await promisify(execFile)(process.execPath, ["missing.js"], {
      cwd: folder,
      timeout: 100_000,
    });
    expect(stdout).toContain("Cannot find module 'pulumi-change-tracking-gone/runtime'");
  });
});

describe("what the program says of a resource beside its inputs", () => {
  const instanceUrn =
    "urn:pulumi:stack::project::pulumi-nodejs:dynamic/changetracking:ChangeTrackingInstance::orders";

  it("types show module and kind", () => {
    expect(named("orders").type).toBe("pulumi-nodejs:dynamic/changetracking:ChangeTrackingInstance");
    expect(named("byId").type).toBe("pulumi-nodejs:dynamic/changetracking:ConsumerGroup");
  });

  it.each(["byResource", "byId", "byApply", "inside"])(
    "%s is counted within its instance, and knows its engine and region",
    (name) => {
      expect(named(name).inputs.__identity).toMatchObject({
        scope: instanceUrn,
        logicalName: name,
        engine: "MySQL",
        region: "cn-beijing",
      });
      expect(named(name).inputs.instance).toBe("orders-id");
    },
  );

  it("a literal id has no instance to be counted within", () => {
    expect(named("byLiteral").inputs.__identity.scope).toBeUndefined();
  });

  it("tells itself by its URN, a component's child by its own", () => {
    expect(named("byId").inputs.__identity.self).toMatch(/::byId$/);
    expect(named("inside").inputs.__identity.self).toContain(
      "my:Team$pulumi-nodejs:dynamic/changetracking:ConsumerGroup::inside",
    );
  });

  it("knows the names of all groups that the program has made on the instance", () => {
    expect(named("byResource").inputs.__identity.declared).toEqual(
      expect.arrayContaining(["byResource", "byId"]),
    );
  });
});
