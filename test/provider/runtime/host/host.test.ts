import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import manifest from "../../../../provider/package.json" with { type: "json" };
import { ApiError } from "../../../../provider/runtime/api/errors.ts";
import { engineAddress, engineLog } from "../../../../provider/runtime/host/engine.ts";
import { forHost, ProviderError } from "../../../../provider/runtime/host/errors.ts";
import { splitInputs } from "../../../../provider/runtime/host/identity.ts";
import { VERSION } from "../../../../provider/runtime/host/version.ts";
import { UNKNOWN } from "../../../../provider/schema/unknown.ts";
import { plainServer } from "../../support/servers.ts";

type Runtime = typeof import("../../../../provider/runtime/index.ts");

const NOBODY = {
  get: (key: string) => (key === "changetracking:endpoint" ? "http://127.0.0.1:1" : undefined),
};
const INSTANCE = {
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1" },
  objects: { shop: {} },
  __provider: "text",
  __identity: { self: "urn:a", logicalName: "a" },
};

describe("what the serialized text calls", () => {
  let runtime: Runtime;
  beforeEach(async () => {
    vi.resetModules();
    runtime = await import("../../../../provider/runtime/index.ts");
    runtime.configure({ config: NOBODY });
  });

  it("keeps hidden inputs out of what check returns", async () => {
    const { inputs } = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    expect(Object.keys(inputs).filter((key) => key.startsWith("__"))).toEqual([]);
    expect(inputs).toMatchObject({ name: "a" });
  });

  // The engine checks before it compares, so check itself looks whether there is something to do.
  it("a broken way fails the check of the first that is to be made or changed, and is a warning else", async () => {
    const failure = { property: "", reason: expect.stringMatching(/^Nothing answers at .*\[Unreachable\]$/) };
    const first = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    expect(first.failures).toEqual([failure]);
    const second = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    expect(second.failures).toEqual([]);
    vi.resetModules();
    runtime = await import("../../../../provider/runtime/index.ts");
    runtime.configure({ config: NOBODY });
    const same = await runtime.check("ChangeTrackingInstance", first.inputs, INSTANCE);
    expect(same.failures).toEqual([]);
    const tables = { ...INSTANCE, objects: { shop: { tables: ["a"] } } };
    const changed = await runtime.check("ChangeTrackingInstance", first.inputs, tables);
    expect(changed.failures).toEqual([failure]);
  });

  it("where the program starts the service, one that is not there yet is a warning, and another one is not", async () => {
    const inProgram = (endpoint: string) => (key: string) =>
      ({ "changetracking:endpoint": endpoint, "changetracking:serviceInProgram": "true" })[key];
    vi.resetModules();
    runtime = await import("../../../../provider/runtime/index.ts");
    runtime.configure({ config: { get: inProgram("http://127.0.0.1:1") } });
    expect((await runtime.check("ChangeTrackingInstance", {}, INSTANCE)).failures).toEqual([]);
    const wrong = { ...INSTANCE, name: "" };
    expect((await runtime.check("ChangeTrackingInstance", {}, wrong)).failures).toHaveLength(1);

    const other = await plainServer((_, response) => response.end("{}"));
    onTestFinished(() => other.close());
    vi.resetModules();
    runtime = await import("../../../../provider/runtime/index.ts");
    runtime.configure({ config: { get: inProgram(`http://127.0.0.1:${other.port}`) } });
    const { failures } = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    expect(failures[0]?.reason).toMatch(/\[NotTheService\]$/);
  });

  it("what the inputs' own rules refuse is said alone", async () => {
    const wrong = { ...INSTANCE, name: "" };
    const { failures } = await runtime.check("ChangeTrackingInstance", {}, wrong);
    expect(failures.map(({ property }) => property)).toEqual(["name"]);
  });

  it("an unknown region is refused at the local service, with the one that was meant", async () => {
    const far = { ...INSTANCE, region: "cn-hangzouu" };
    const { inputs, failures } = await runtime.check("ChangeTrackingInstance", {}, far);
    expect(failures).toEqual([
      { property: "region", reason: "is no published region; did you mean cn-hangzhou?" },
    ]);
    const again = await runtime.check("ChangeTrackingInstance", inputs, far);
    expect(again.failures).not.toContainEqual(expect.objectContaining({ property: "region" }));
  });

  it("ignores hidden inputs in a diff", async () => {
    const { inputs } = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    const before = { ...inputs, __provider: "old", __identity: { self: "urn:b" } };
    const after = { ...inputs, __provider: "new", __identity: { self: "urn:c" } };
    expect(await runtime.diff("ChangeTrackingInstance", "id", before, after)).toMatchObject({
      changes: false,
      replaces: [],
    });
  });

  it("names itself when a state needs a newer version", async () => {
    await expect(runtime.delete("FutureThing", "id", {})).rejects.toThrow(
      /pulumi-change-tracking 0\.1\.0 has no resource FutureThing.*npm install.*\[UnknownResourceKind\]/,
    );
  });

  it("fails with what to do when nobody listens", async () => {
    const { inputs } = await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    await expect(runtime.create("ChangeTrackingInstance", inputs)).rejects.toThrow(
      /127\.0\.0\.1:1.*\[Unreachable\]/,
    );
  });

  it("keeps the configuration of its first kind; later ones bring the same", async () => {
    await runtime.check("ChangeTrackingInstance", {}, INSTANCE);
    runtime.configure({ config: { get: () => "http://127.0.0.1:2" } });
    const group = {
      platform: "changeTracking",
      instance: "dtsx",
      name: "n",
      account: "a",
      password: "Passw0rd1",
      region: "cn-hangzhou",
    };
    await expect(runtime.create("ConsumerGroup", group)).rejects.toThrow(/127\.0\.0\.1:1/);
  });
});

describe("the hidden identity", () => {
  it("is taken out, and unknown parts of it count as missing", () => {
    const hidden = { self: "urn:a", scope: UNKNOWN, declared: ["x", UNKNOWN, 3], engine: UNKNOWN };
    const { identity, inputs } = splitInputs({ a: 1, __identity: hidden, __provider: "p" });
    expect(inputs).toEqual({ a: 1 });
    expect(identity).toEqual({
      self: "urn:a",
      logicalName: undefined,
      scope: undefined,
      declared: ["x"],
      engine: undefined,
      region: undefined,
    });
    expect(splitInputs({ __identity: UNKNOWN }).identity.self).toBeUndefined();
    expect(splitInputs(undefined).inputs).toEqual({});
  });
});

describe("errors for the host", () => {
  it("have no stack when they are refusals, and keep it when they are bugs", () => {
    const refusal = forHost(new ProviderError("GroupInUse", "m")) as Error;
    expect(refusal.message).toBe("m [GroupInUse]");
    expect(`${refusal}: ${refusal.stack}`).toBe("GroupInUse: see the message at the resource");
    const api = forHost(new ApiError("DoIt", { kind: "refused", code: "C", message: "m" })) as Error;
    expect(`${api}`).toBe("C");
    const bug = new TypeError("bug");
    expect(forHost(bug)).toBe(bug);
  });
});

describe("the engine's address", () => {
  it("is found in the host's arguments", () => {
    expect(engineAddress(["node", "/x/index.js", "127.0.0.1:43210"])).toBe("127.0.0.1:43210");
    expect(engineAddress(["node", "/x/index.js", "--logtostderr", "-v=9", "127.0.0.1:43210", "/root"])).toBe(
      "127.0.0.1:43210",
    );
    expect(engineAddress(["node", "vitest"])).toBeUndefined();
  });

  it("without one nothing is said and nothing breaks", () => {
    expect(() => engineLog(undefined).warn("x")).not.toThrow();
  });
});

it("the version in messages is the package's", () => {
  expect(VERSION).toBe(manifest.version);
});
