import { type AddressInfo, createServer, type Server } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { classOf } from "../../../../service/core/outbound/addresses.ts";
import { AddressNotAllowed, dial, type Resolve } from "../../../../service/core/outbound/dial.ts";
import { startService } from "../../../support/service.ts";
import { rawRpc } from "../support/raw.ts";

type Policy = Parameters<typeof dial>[0];
const nothing = { allow: [], deny: [] };
const onLoopback = { host: "127.0.0.1", outbound: nothing };
const inTheOpen = { host: "0.0.0.0", outbound: nothing };

let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => socket.on("error", () => undefined).end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** "connected", or why not. */
async function tried(
  settings: Policy,
  host: string,
  more: { isConfigured?: boolean; resolve?: Resolve } = {},
) {
  const { resolve, ...rest } = more;
  try {
    const socket = await dial(settings, { host, port, msMax: 1_000, ...rest }, resolve);
    socket.destroy();
    return "connected";
  } catch (error) {
    return error instanceof AddressNotAllowed
      ? "not allowed"
      : String((error as { code?: string }).code ?? error);
  }
}

const named = (...addresses: string[]): { resolve: Resolve } => ({
  resolve: async () => addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
});

describe("addresses", () => {
  it.each([
    ["169.254.169.254", "never"],
    ["169.254.1.1", "never"],
    ["100.100.100.200", "never"],
    ["168.63.129.16", "never"],
    ["224.0.0.1", "never"],
    ["fe80::1", "never"],
    ["fe80::1%eth0", "never"],
    ["FE80:0:0::1", "never"],
    ["fd00:ec2::254", "never"],
    ["fd00:ec2::23", "never"],
    ["::ffff:0:a9fe:a9fe", "never"],
    ["64:ff9b:1::a9fe:a9fe", "never"],
    ["2001:db8::5efe:a9fe:a9fe", "never"],
    ["2001:db8::200:5efe:a9fe:a9fe", "never"],
    ["::ffff:169.254.169.254", "never"],
    ["::ffff:a9fe:a9fe", "never"],
    ["0:0:0:0:0:ffff:a9fe:a9fe", "never"],
    ["64:ff9b::a9fe:a9fe", "never"],
    ["2002:a9fe:a9fe::1", "never"],
    ["127.0.0.1", "internal"],
    ["127.9.9.9", "internal"],
    ["0.0.0.0", "internal"],
    ["10.1.2.3", "internal"],
    ["172.16.0.1", "internal"],
    ["172.32.0.1", "public"],
    ["192.168.0.1", "internal"],
    ["100.64.0.1", "internal"],
    ["::1", "internal"],
    ["::", "internal"],
    ["::ffff:127.0.0.1", "internal"],
    ["fd12::1", "internal"],
    ["8.8.8.8", "public"],
    ["2001:db8::1", "public"],
  ])("%s is %s", (address, kind) => {
    expect(classOf(address)).toBe(kind);
  });
});

describe("connections out", () => {
  it.each([
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "017700000001",
    "127.1",
    "::ffff:127.0.0.1",
    "[::ffff:7f00:1]",
  ])("%s is this machine: allowed while only this machine calls, refused when others do", async (host) => {
    expect(await tried(onLoopback, host)).toBe("connected");
    expect(await tried(inTheOpen, host)).toBe("not allowed");
  });

  it.each([
    "169.254.169.254",
    "2852039166",
    "0xa9fea9fe",
    "169.254.43518",
    "::ffff:169.254.169.254",
    "100.100.100.200",
    "fe80::1",
  ])("%s is never connected to, whatever the settings say", async (host) => {
    const allowing = { host: "127.0.0.1", outbound: { allow: ["0.0.0.0/0", "::/0"], deny: [] } };
    expect(await tried(onLoopback, host)).toBe("not allowed");
    expect(await tried(allowing, host, { isConfigured: true })).toBe("not allowed");
  });

  it("the settings allow and forbid, and what they name themselves may be internal", async () => {
    expect(
      await tried({ host: "0.0.0.0", outbound: { allow: ["127.0.0.0/8"], deny: [] } }, "127.0.0.1"),
    ).toBe("connected");
    expect(
      await tried({ host: "127.0.0.1", outbound: { allow: [], deny: ["127.0.0.1"] } }, "localhost"),
    ).not.toBe("connected");
    // The unspecified address reaches this machine's loopback.
    for (const host of ["0.0.0.0", "0", "::", "[::ffff:0.0.0.0]", "::ffff:127.0.0.1"]) {
      const denying = { host: "127.0.0.1", outbound: { allow: [], deny: ["127.0.0.0/8", "::1"] } };
      expect([host, await tried(denying, host)]).toEqual([host, "not allowed"]);
    }
    expect(await tried(onLoopback, "nobody.test", named())).toMatch(/the name has no address/);
    expect(await tried(inTheOpen, "127.0.0.1", { isConfigured: true })).toBe("connected");
  });

  it("a name is looked up once, and what was judged is what is connected to", async () => {
    let asked = 0;
    const rebinding: Resolve = async () => {
      asked += 1;
      return [{ address: asked === 1 ? "127.0.0.1" : "169.254.169.254", family: 4 }];
    };
    expect(await tried(onLoopback, "source.test", { resolve: rebinding })).toBe("connected");
    expect(asked).toBe(1);
    expect(await tried(onLoopback, "source.test", { resolve: rebinding })).toBe("not allowed");
    // Of several, those that are allowed are tried.
    expect(await tried(onLoopback, "source.test", named("fe80::1", "127.0.0.1"))).toBe("connected");
    expect(await tried(inTheOpen, "source.test", named("127.0.0.1", "::1"))).toBe("not allowed");
  });

  it("a look-up that does not end is bounded", async () => {
    const never: Resolve = () => new Promise(() => undefined);
    await expect(dial(onLoopback, { host: "slow.test", port, msMax: 50 }, never)).rejects.toThrow(
      "within 50 ms",
    );
  });
});

describe("a client of the service", () => {
  const version = { Version: "2020-04-01" };
  const source = (HostName: string) => ({
    ...version,
    SourceMySQLParameters: JSON.stringify({ HostName, Port: port }),
  });

  it("cannot have it look at metadata, and a read-only key cannot have it connect at all", async () => {
    const own = { accessKeyId: "own", accessKeySecret: "own-secret", rights: "all", active: true } as const;
    const auditor = {
      accessKeyId: "auditor",
      accessKeySecret: "audit-secret",
      rights: "readOnly",
      active: true,
    } as const;
    const service = await startService({ settings: { keys: [own, auditor] } });
    const failure = async (host: string) => {
      const { body } = await rawRpc(service, "TestEventSourceConfig", source(host));
      return (body.Data as { IsSucceed: string; ErrorMsg: string }[])[0];
    };
    expect(await failure("127.0.0.1")).toMatchObject({ IsSucceed: "true" });
    for (const host of ["169.254.169.254", "2852039166"]) {
      expect(await failure(host)).toMatchObject({
        IsSucceed: "false",
        ErrorMsg: expect.stringMatching(/never connected to/),
      });
    }
    const refused = await rawRpc(service, "TestEventSourceConfig", source("127.0.0.1"), { key: auditor });
    expect(refused.status).toBe(403);
    await service.stop();
  });
});
