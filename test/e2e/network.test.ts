import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type OpenStack, openStack } from "../provider/support/open-stack.ts";
import { program } from "../provider/support/programs.ts";
import { type Listening, tcpServer } from "../provider/support/servers.ts";
import type { RunResult, TestStack } from "../support/e2e.ts";
import { lowPort } from "../support/low-port.ts";
import { did, type Ground, startGround } from "./support/ground.ts";

/*
 * One stack and its service: first nothing works, then the keys are rotated and the service moves. The state keeps the
 * configuration of the last update, and refresh and destroy are given that one.
 */

let ground: Ground;
let open: OpenStack;
let stack: TestStack;
/** The address that the stack knows first; it leads to the service until the service "moves". */
let first: Listening;

const PROGRAM = `
  const orders = instance("orders");
  group("billing", orders);`;
const MORE = `${PROGRAM}
  group("search", orders);`;

interface Key {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string;
}

beforeAll(async () => {
  ground = await startGround();
  first = await tcpServer((socket) => {
    const onward = connect(ground.service.port, "127.0.0.1");
    onward.on("error", () => socket.destroy());
    socket.pipe(onward).pipe(socket);
  });
  open = await openStack({ program: program(PROGRAM), config: {} });
  stack = open.stack;
});
afterAll(async () => {
  await open.close();
  await first.close();
  await ground.service.stop();
});

const set = (key: string, value: string, ...more: string[]) =>
  stack.run(["config", "set", ...more, `changetracking:${key}`, value]);
const unset = (key: string) => stack.run(["config", "rm", `changetracking:${key}`]);
const makeKey = async (body: object = {}) =>
  (await ground.service.admin("POST", "keys", body)) as unknown as Key;
const useKey = async (key: Key) => {
  for (const [name, value] of Object.entries(key)) {
    if (["accessKeyId", "accessKeySecret", "securityToken"].includes(name))
      await set(name, value, "--secret");
  }
};
const revokeKeys = async () => {
  const { keys } = (await ground.service.admin("GET", "keys")) as {
    keys?: { accessKeyId: string; origin: string }[];
  };
  for (const { accessKeyId, origin } of keys ?? []) {
    if (origin === "made") await ground.service.admin("DELETE", `keys/${accessKeyId}`);
  }
};
const wayOutOf = (reason: string, variable: string) =>
  new RegExp(`${reason}.*run \`pulumi up\` first, or add \`--run-program\`; or give .*${variable}`, "s");
/** The errors of the resources, without the engine's closing lines. */
const said = (run: RunResult) => run.errors.filter((text) => /\[\w+\]|Invalid|Signature/.test(text));

describe("a preview of something new fails, once and with the way out,", () => {
  it("where nobody listens", async () => {
    await set("endpoint", `http://127.0.0.1:${await lowPort()}`);
    const run = await stack.preview();
    expect(run.ok).toBe(false);
    expect(said(run)).toEqual([
      expect.stringMatching(/Nothing answers at http:\S+ Start the service.*\[Unreachable\]/),
    ]);
  });

  it("with wrong keys, which it does not show", async () => {
    await set("endpoint", `http://127.0.0.1:${first.port}`);
    const env = { CHANGE_TRACKING_ACCESS_KEY_ID: "local", CHANGE_TRACKING_ACCESS_KEY_SECRET: "wr0ng-s3cret" };
    const run = await stack.preview({ env });
    expect(run.ok).toBe(false);
    expect(said(run)).toEqual([
      expect.stringMatching(
        /refuses the keys: SignatureDoesNotMatch.*CHANGE_TRACKING_ACCESS_KEY_SECRET.*\[KeysRefused\]/,
      ),
    ]);
    expect(run.text).not.toContain("wr0ng-s3cret");
  });

  it("for the cloud without keys, with the reason of the official chain", async () => {
    await unset("endpoint");
    await set("target", "cloud");
    const env = { ALIBABA_CLOUD_ECS_METADATA_DISABLED: "true", ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAI-alone" };
    const run = await stack.preview({ env });
    expect(run.ok).toBe(false);
    expect(said(run)).toEqual([
      expect.stringMatching(/no keys for the cloud.*Access key secret must be specified.*\[NoCredentials\]/s),
    ]);
    await unset("target");
  });

  it("in a region that is not published; a misspelled setting is warned of", async () => {
    await set("endpont", "http://127.0.0.1:9");
    await set("region", "cn-hangzouu");
    await set("endpoint", `http://127.0.0.1:${first.port}`);
    const run = await stack.preview();
    expect(run.ok).toBe(false);
    expect(run.errors.join("\n")).toContain('changetracking:region is "cn-hangzouu"');
    expect(run.errors.join("\n")).toContain("did you mean cn-hangzhou?");
    expect(run.warnings).toEqual([
      "changetracking:endpont is no setting; did you mean changetracking:endpoint?",
    ]);
    await unset("endpont");
    await unset("region");
  });
});

describe("of a stack that is there", () => {
  it("a preview without changes is a warning where the way is broken, one with changes an error", async () => {
    const key = await makeKey();
    await useKey(key);
    expect((await stack.up()).errors).toEqual([]);
    const env = { CHANGE_TRACKING_ENDPOINT: `http://127.0.0.1:${await lowPort()}` };
    const same = await stack.preview({ env });
    expect([same.ok, did(same)]).toEqual([true, []]);
    expect(same.warnings).toEqual([expect.stringMatching(/Nothing answers at/)]);
    stack.edit(program(MORE));
    const more = await stack.preview({ env });
    expect(more.ok).toBe(false);
    expect(said(more)).toEqual([expect.stringMatching(/Nothing answers at .*\[Unreachable\]/)]);
    stack.edit(program(PROGRAM));
  });

  it("keys that were rotated: refresh and destroy say what to do, and each way out works", async () => {
    await revokeKeys();
    const key = await makeKey();
    await useKey(key);
    const wayOut = wayOutOf("InvalidAccessKeyId.NotFound", "CHANGE_TRACKING_ACCESS_KEY_ID");
    const refresh = await stack.refresh();
    expect([refresh.ok, said(refresh)[0]]).toEqual([false, expect.stringMatching(wayOut)]);
    const destroy = await stack.destroy();
    expect([destroy.ok, said(destroy)[0]]).toEqual([false, expect.stringMatching(wayOut)]);
    const { accessKeyId, accessKeySecret } = key;
    const env = {
      CHANGE_TRACKING_ACCESS_KEY_ID: accessKeyId,
      CHANGE_TRACKING_ACCESS_KEY_SECRET: accessKeySecret,
    };
    expect((await stack.refresh({ env })).errors).toEqual([]);
    expect((await stack.refresh({ args: ["--run-program"] })).errors).toEqual([]);
    expect((await stack.up()).errors).toEqual([]);
    expect((await stack.refresh()).errors).toEqual([]);
  });

  it("a security token that has expired: the same, and the three are named", async () => {
    await useKey(await makeKey({ tokenSeconds: 900 }));
    expect((await stack.up()).errors).toEqual([]);
    await ground.service.admin("POST", "clock", { offsetMs: 901_000 });
    const refresh = await stack.refresh();
    await ground.service.admin("POST", "clock", { offsetMs: 0 });
    expect(refresh.ok).toBe(false);
    const wayOut = wayOutOf("InvalidSecurityToken.Expired", "CHANGE_TRACKING_SECURITY_TOKEN");
    expect(said(refresh)[0]).toMatch(wayOut);
    expect(said(refresh)[0]).toMatch(
      /accessKeyId, changetracking:accessKeySecret, changetracking:securityToken/,
    );
  });

  it("a service that has moved: the same for the endpoint, and destroy works with the program", async () => {
    await first.close();
    await set("endpoint", ground.service.url);
    const destroy = await stack.destroy();
    expect(destroy.ok).toBe(false);
    expect(said(destroy)[0]).toMatch(wayOutOf("Nothing answers at", "CHANGE_TRACKING_ENDPOINT"));
    expect((await stack.destroy({ args: ["--run-program"] })).errors).toEqual([]);
    expect(await ground.instances()).toEqual([]);
  });
});
