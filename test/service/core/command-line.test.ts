import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCommand, UsageError } from "../../../service/core/command-line.ts";
import type { ServiceOptions } from "../../../service/core/options.ts";

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
      dataFolder: ".change-tracking",
      waitScale: 1,
      testClock: false,
      keys: [],
    });
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
    expect((await run(["--data", "x", "--settings", file("memory: true")])).dataFolder).toBe("x");
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
    [["--prot", "1"], /unknown flag --prot/],
    [["-x"], /unknown flag -x/],
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
    ["keys: [{ accessKeyId: a, accessKeySecret: 'Hidden-5', rights: some }]", /keys\.0\.rights/],
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
