import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startService, type TestService } from "../../support/service.ts";
import { clients, type Target } from "./support/clients.ts";
import { testRooms } from "./support/rooms.ts";

let service: TestService;
let target: Target;

beforeAll(async () => {
  service = await startService({ rooms: testRooms });
  target = { endpoint: service.endpoint, ...service.key };
});
afterAll(() => service.stop());

const ODD = "a b*c~d+e'(1)ü组";

describe.each(Object.entries(clients))("%s", (name, client) => {
  it("calls an RPC action with every kind of parameter", async () => {
    const body = {
      Name: ODD,
      Count: 3,
      Fresh: true,
      Labels: [{ Key: "k1", Value: "v 1" }, { Key: "k2" }],
      Detail: '{"size":5}',
      Kinds: "a, b",
      Password: "Secret+1",
    };
    // pop-core turns an object inside a list into "[object Object]", so it gets the flattened names.
    const flat = {
      ...body,
      Labels: undefined,
      "Labels.1.Key": "k1",
      "Labels.1.Value": "v 1",
      "Labels.2.Key": "k2",
    };
    const { body: answer, ...failure } = await client.rpc(target, {
      version: "2000-01-01",
      action: "PutThing",
      query: { RegionId: "cn-beijing", Undeclared: "x" },
      body: name.startsWith("pop") ? JSON.parse(JSON.stringify(flat)) : body,
    });
    expect(failure).toEqual({});
    expect(answer).toMatchObject({
      Success: true,
      Name: ODD,
      Count: 3,
      Fresh: true,
      Labels: [{ Key: "k1", Value: "v 1" }, { Key: "k2" }],
      Detail: { size: 5 },
      Kinds: ["a", "b"],
      HasPassword: true,
      Region: "cn-beijing",
    });
    expect(answer?.RequestId).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  });

  it("sees the code of a failure", async () => {
    const call = (How: string) =>
      client.rpc(target, { version: "2000-01-01", action: "BreakThing", query: { How } });
    expect(await call("soldOut")).toMatchObject({
      code: "SoldOut",
      message: expect.stringContaining("none left"),
    });
    expect(await call("throttled")).toMatchObject({ code: "Throttling.User" });
    expect(await client.rpc(target, { version: "2000-01-01", action: "PutThing" })).toMatchObject({
      code: "MissingName",
    });
  });

  it("calls ROA actions, with path, query and body", async () => {
    const path = `/stalls/s-1/items/${encodeURIComponent("GID%x y")}`;
    const read = await client.roa(target, {
      version: "2000-01-02",
      method: "GET",
      path,
      query: { filter: "" },
    });
    expect(read.body).toMatchObject({ success: true, data: { stallId: "s-1", itemId: "GID%x y" } });
    const written = await client.roa(target, {
      version: "2000-01-02",
      method: "POST",
      path,
      query: { RegionId: "cn-beijing" },
      body: { remark: ODD, tags: ["a", "b"] },
    });
    expect(written.body).toMatchObject({ data: { itemId: "GID%x y", remark: ODD, tags: ["a", "b"] } });
  });

  it("sees the code of a ROA failure, in either spelling", async () => {
    const answer = await client.roa(target, {
      version: "2000-01-02",
      method: "GET",
      path: "/stalls/s-1/nothing",
    });
    expect(JSON.stringify(answer)).toContain("InvalidApi.NotFound");
    expect(answer.code).toBe("InvalidApi.NotFound");
  });

  it("is told a wrong secret in the words the clients look for", async () => {
    const wrong = { ...target, accessKeySecret: "another" };
    const answer = await client.rpc(wrong, { version: "2000-01-01", action: "ListThings" });
    expect(answer.code).toMatch(/^(SignatureDoesNotMatch|InvalidAccessKeySecret)$/);
  });
});

describe("throttling", () => {
  it("reaches openapi-core as its own kind of error with the time to wait", async () => {
    const answer = await clients["openapi-core V3"]?.rpc(target, {
      version: "2000-01-01",
      action: "BreakThing",
      query: { How: "throttled" },
    });
    expect(answer).toMatchObject({
      code: "Throttling.User",
      retryAfter: 1_000,
      errorName: "ThrottlingError",
    });
  });
});

describe("a temporary key", () => {
  it("signs with its token, and with nothing else", async () => {
    const made = await service.admin("POST", "keys", { tokenSeconds: 900 });
    const temporary = {
      endpoint: service.endpoint,
      accessKeyId: String(made.accessKeyId),
      accessKeySecret: String(made.accessKeySecret),
    };
    const call = { version: "2000-01-01", action: "ListThings" };
    for (const [name, client] of Object.entries(clients)) {
      const token = String(made.securityToken);
      expect([name, (await client.rpc({ ...temporary, securityToken: token }, call)).code]).toEqual([
        name,
        undefined,
      ]);
      expect([name, (await client.rpc(temporary, call)).code]).toEqual([name, "MissingSecurityToken"]);
      expect([name, (await client.rpc({ ...temporary, securityToken: "x" }, call)).code]).toEqual([
        name,
        "InvalidSecurityToken.MismatchWithAccessKey",
      ]);
    }
  });
});
