import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkListening } from "../../../../service/core/settings/check-listening.ts";
import { readCommand } from "../../../../service/core/settings/command-line.ts";
import { UsageError } from "../../../../service/core/settings/environment-variables.ts";
import type { ServiceOptions } from "../../../../service/core/settings/service-options.ts";

const folder = mkdtempSync(join(tmpdir(), "settings-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(folder, "settings.yaml");
  writeFileSync(path, text);
  return path;
}

async function run(args: string[], env: NodeJS.ProcessEnv = {}): Promise<ServiceOptions> {
  const command = await readCommand(args, env);
  if (!("run" in command)) throw new Error("nothing to run");
  return command.run;
}

describe("settings", () => {
  it("defaults are loopback, a folder here, waits as published", async () => {
    expect(await run([])).toMatchObject({
      host: "127.0.0.1",
      port: 8780,
      dataFolder: resolve(".change-tracking"),
      waitScale: 1,
      testClock: false,
      keys: [],
    });
  });

  it("Kafka clients have a port of their own, from flags, environment and file", async () => {
    expect((await run([])).kafka).toEqual({ host: undefined, port: 18_001, advertised: undefined });
    const settings = ["--settings", file('kafka: { port: 1, host: "0.0.0.0", advertised: "tracking:9092" }')];
    const env = { CHANGE_TRACKING_KAFKA_PORT: "2" };
    expect((await run(settings)).kafka).toEqual({ host: "0.0.0.0", port: 1, advertised: "tracking:9092" });
    expect((await run(settings, env)).kafka.port).toBe(2);
    expect((await run([...settings, "--kafka-port", "0"], env)).kafka.port).toBe(0);
    const linked = { CHANGE_TRACKING_KAFKA_PORT: "tcp://10.0.0.1:18001" };
    expect((await run([], linked)).kafka.port).toBe(18_001);
    await expect(run(["--kafka-advertised", "here"])).rejects.toThrow(/must be an address such as/);
    const defaults = await run([]);
    const isOpen = { ...defaults, kafka: { ...defaults.kafka, host: "0.0.0.0" } };
    expect(() => checkListening(isOpen)).toThrow(/Kafka clients of other machines .* default access key/);
  });

  it("Kafka clients that come another way have a second port", async () => {
    const settings = ["--settings", file('kafka: { public: { port: 3, advertised: "localhost:3" } }')];
    const publicOf = async (...given: Parameters<typeof run>) => (await run(...given)).kafka.public;
    expect(await publicOf([])).toBeUndefined();
    expect(await publicOf(settings)).toEqual({ port: 3, advertised: "localhost:3" });
    expect(await publicOf(settings, { CHANGE_TRACKING_KAFKA_PUBLIC_PORT: "4" })).toEqual({
      port: 4,
      advertised: "localhost:3",
    });
    expect(await publicOf(["--kafka-public-port", "5"])).toEqual({ port: 5 });
    const advertised = ["--kafka-public-advertised", "db.example:5"];
    expect(await publicOf([...settings, ...advertised])).toEqual({ port: 3, advertised: "db.example:5" });
    await expect(run(advertised)).rejects.toThrow(/goes with --kafka-public-port/);
    await expect(run(["--settings", file("kafka: { public: {} }")])).rejects.toThrow(/kafka.public.port/);
  });

  it("a flag wins over the environment, the environment over the file", async () => {
    const settings = file("region: cn-beijing\nport: 1\nwaitScale: 3\ndata: here\n");
    const env = {
      CHANGE_TRACKING_PORT: "2",
      CHANGE_TRACKING_WAIT_SCALE: "0.5",
      CHANGE_TRACKING_SETTINGS: settings,
    };
    expect(await run(["--port", "3"], env)).toMatchObject({
      region: "cn-beijing",
      port: 3,
      waitScale: 0.5,
      dataFolder: join(folder, "here"),
    });
    expect((await run(["--memory"], env)).dataFolder).toBeUndefined();
    expect((await run([], { ...env, CHANGE_TRACKING_MEMORY: "true" })).dataFolder).toBeUndefined();
    expect((await run(["--data", "x", "--settings", file("memory: true")])).dataFolder).toBe(resolve("x"));
  });

  it("the first of flags, environment and file that says where the data is kept decides, both ways", async () => {
    const folderOf = async (args: string[], env: NodeJS.ProcessEnv = {}) => (await run(args, env)).dataFolder;
    const memory = { CHANGE_TRACKING_MEMORY: "1" };
    const data = { CHANGE_TRACKING_DATA: "y" };
    expect(await folderOf(["--data", "x"], memory)).toBe(resolve("x"));
    expect(await folderOf(["--memory"], data)).toBeUndefined();
    expect(await folderOf([], memory)).toBeUndefined();
    expect(await folderOf(["--settings", file("memory: true")], data)).toBe(resolve("y"));
    expect(await folderOf(["--settings", file("data: z")], memory)).toBeUndefined();
    expect(await folderOf(["--settings", file("data: z")], { CHANGE_TRACKING_MEMORY: "0" })).toBe(
      join(folder, "z"),
    );
    expect(await folderOf(["--settings", file("memory: true")], { CHANGE_TRACKING_MEMORY: "no" })).toBe(
      resolve(".change-tracking"),
    );
    await expect(run([], { ...memory, ...data })).rejects.toThrow(
      /CHANGE_TRACKING_MEMORY and CHANGE_TRACKING_DATA exclude/,
    );
    await expect(run(["--settings", file("memory: true\ndata: z")])).rejects.toThrow(
      /settings file .*exclude/,
    );
    await expect(run([], { CHANGE_TRACKING_MEMORY: "maybe" })).rejects.toThrow(
      /CHANGE_TRACKING_MEMORY must be true or false, got maybe/,
    );
  });

  it("what Kubernetes sets for a service called change-tracking is no setting", async () => {
    const linked = {
      CHANGE_TRACKING_SERVICE_HOST: "10.0.0.1",
      CHANGE_TRACKING_SERVICE_PORT: "8780",
      CHANGE_TRACKING_SERVICE_PORT_HTTP: "8780",
      CHANGE_TRACKING_PORT: "tcp://10.0.0.1:8780",
      CHANGE_TRACKING_PORT_8780_TCP: "tcp://10.0.0.1:8780",
      CHANGE_TRACKING_PORT_8780_TCP_PROTO: "tcp",
      CHANGE_TRACKING_PORT_8780_TCP_PORT: "8780",
      CHANGE_TRACKING_PORT_8780_TCP_ADDR: "10.0.0.1",
    };
    expect(await run([], linked)).toEqual(await run([]));
    const settings = ["--settings", file("port: 7000")];
    expect((await run(settings, linked)).port).toBe(7000);
    await expect(run([], { CHANGE_TRACKING_PORT: "http" })).rejects.toThrow(/got http/);
  });

  it("a service token from the environment has the form of one from the file, and is not shown", async () => {
    const withToken = (token: string) => run([], { CHANGE_TRACKING_SERVICE_TOKEN: token });
    expect((await withToken("0123456789abcdef")).serviceToken).toBe("0123456789abcdef");
    expect((await withToken("")).serviceToken).toBeUndefined();
    for (const token of ["Hidden-8", "Hidden-8".repeat(40)]) {
      const failure = await withToken(token).catch((error: Error) => error);
      expect(failure).toBeInstanceOf(UsageError);
      expect((failure as Error).message).toMatch(/SERVICE_TOKEN must have 16 to 256 characters, got \d+$/);
      expect((failure as Error).message).not.toContain("Hidden-8");
    }
  });

  it.each([
    ["region: CN", "region: must be a region such as cn-hangzhou"],
    ["port: 99999", "port: must be at most 65535, got 99999"],
    ["prot: 1", 'settings: must not hold "prot"'],
    ["keys: [{ accessKeySecret: Hidden-8 }]", "keys[0].accessKeyId: is required"],
    [
      "keys: [{ accessKeyId: Hidden/8, accessKeySecret: id }]",
      "keys[0].accessKeyId: must be 1 to 128 letters, digits, dots, hyphens or underscores",
    ],
    ["serviceToken: Hidden-8", "serviceToken: must be at least 16 characters long"],
  ])("what is wrong in the file is named, without a secret: %s", async (text, said) => {
    const failure = await run(["--settings", file(text)]).catch((error: Error) => error);
    expect((failure as Error).message).toMatch(/^settings file \S+: /);
    expect((failure as Error).message.replace(/^settings file \S+: /, "")).toBe(said);
  });

  it("the file holds keys, source addresses and what the rooms want", async () => {
    const settings = file(`
keys: [{ accessKeyId: reader, accessKeySecret: s, rights: readOnly }]
serviceToken: 0123456789abcdef
sourceInstances: { rm-1: { host: 127.0.0.1, port: 5432 } }
rooms: { any: { thing: 1 } }
`);
    expect(await run(["--settings", settings])).toMatchObject({
      keys: [{ accessKeyId: "reader", rights: "readOnly", active: true }],
      serviceToken: "0123456789abcdef",
      sourceInstances: { "rm-1": { host: "127.0.0.1", port: 5432 } },
      rooms: { any: { thing: 1 } },
    });
  });

  it.each([
    [["--prot", "1"], /unknown flag --prot; did you mean --port\?$/],
    [["-x"], /unknown flag -x$/],
    [["halth"], /^unknown command halth; did you mean health\?$/],
    [["--memory", "orders"], /^unknown command orders; commands, which stand first, are tail and health$/],
    [["--port", "70000"], /--port must be an integer from 0 to 65535, got 70000/],
    [["--port"], /port/],
    [["--wait-scale", "-1"], /wait-scale/],
    [["--region", "CN"], /--region must be a region/],
    [["--log-level", "loud"], /one of debug, info/],
    [["--data", ""], /--data needs a value/],
    [["--data", "x", "--memory"], /exclude each other/],
    [["word"], /word/],
  ])("refused: %j", async (args, message) => {
    const failure = await run(args).then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(UsageError);
    expect((failure as Error).message).toMatch(message);
  });

  it.each([
    ["prot: 1", /prot/],
    ["port: nine", /port/],
    ["region: CN", /region: must be a region such as cn-hangzhou$/],
    ["accountId: mine", /accountId: must be 1 to 20 digits$/],
    ["keys: [{ accessKeyId: 'a b', accessKeySecret: 'Hidden-5' }]", /accessKeyId: must be 1 to 128 letters,/],
    ["keys: [{ accessKeyId: a, accessKeySecret: 'Hidden-5', rights: some }]", /keys\[0\]\.rights/],
    ["keys: [{ accessKeySecret: 'Hidden-5' ", /not well-formed YAML/],
  ])("a file with a mistake: %s", async (text, message) => {
    const failure = await run(["--settings", file(text)]).catch((error: Error) => error);
    expect((failure as Error).message).toMatch(message);
    expect((failure as Error).message).not.toContain("Hidden-5");
  });

  it("a file that only makes the parser warn is not quoted in the warning", async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(String(warning.stack));
    process.on("warning", listen);
    await run(["--settings", file("keys: [{ accessKeyId: a, accessKeySecret: !mine Hidden-5 }]")]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off("warning", listen);
    expect(warnings.join()).not.toContain("Hidden-5");
  });

  it("a mistake in YAML is named by its place", async () => {
    await expect(run(["--settings", file("port: 1\nhost: [a")])).rejects.toThrow(/line 2/);
  });

  it("a file that is not there", async () => {
    await expect(run(["--settings", join(folder, "none.yaml")])).rejects.toThrow(
      /cannot read the settings file/,
    );
  });
});
