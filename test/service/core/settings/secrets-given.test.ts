import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readCommand } from "../../../../service/core/settings/command-line.ts";
import { readTailArguments } from "../../../../service/tail-arguments.ts";

const folder = mkdtempSync(join(tmpdir(), "secrets-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function run(args: string[], env: NodeJS.ProcessEnv = {}) {
  const command = await readCommand(args, env);
  if (!("run" in command)) throw new Error("nothing to run");
  return command.run;
}
const refused = (...given: Parameters<typeof run>) => run(...given).then(() => "accepted", String);

const SECRET = "Hidden-secret-8";
const TOKEN = "Hidden-token-0123456789";
const ID = "CHANGE_TRACKING_ACCESS_KEY_ID";
const SECRET_FILE = "CHANGE_TRACKING_ACCESS_KEY_SECRET_FILE";
const secretFile = file("secret", `${SECRET}\n`);
const tokenFile = file("token", `${TOKEN}\r\n`);

describe("an access key whose secret is in a file", () => {
  const pair = [{ accessKeyId: "team-a", accessKeySecret: SECRET, rights: "all", active: true }];

  it("comes from the environment or from flags, in place of those of the settings file", async () => {
    const env = { [ID]: "team-a", [SECRET_FILE]: secretFile };
    expect((await run([], env)).keys).toEqual(pair);
    const flags = ["--access-key-id", "team-a", "--access-key-secret-file", secretFile];
    expect((await run(flags)).keys).toEqual(pair);
    const other = file("other", "x");
    expect((await run(flags, { [ID]: "b", [SECRET_FILE]: other })).keys).toEqual(pair);
    const settings = file("keys.yaml", "keys: [{ accessKeyId: c, accessKeySecret: d }]");
    expect((await run(["--settings", settings], env)).keys).toEqual(pair);
  });

  it("an id alone is a client's in the environment, and a mistake as a flag", async () => {
    expect((await run([], { [ID]: "team-a", CHANGE_TRACKING_ACCESS_KEY_SECRET: "s" })).keys).toEqual([]);
    expect(await refused(["--access-key-id", "a"])).toMatch(/goes with --access-key-secret-file/);
    expect(await refused([], { [SECRET_FILE]: secretFile })).toMatch(/goes with --access-key-id/);
  });

  it("in the settings file the path is relative to it, and stands for the secret itself", async () => {
    const settings = file("a.yaml", "keys: [{ accessKeyId: team-a, accessKeySecretFile: secret }]");
    expect((await run(["--settings", settings])).keys).toEqual(pair);
    for (const key of [
      "{ accessKeyId: a }",
      "{ accessKeyId: a, accessKeySecret: b, accessKeySecretFile: secret }",
    ]) {
      const broken = file("b.yaml", `keys: [${key}]`);
      expect(await refused(["--settings", broken])).toMatch(
        /keys\[0\]: must have either accessKeySecret or accessKeySecretFile/,
      );
    }
  });

  it("a refusal names setting and file, and shows no secret", async () => {
    const cases: [string, RegExp][] = [
      [join(folder, "none"), /--access-key-secret-file: the file \S+none cannot be read: ENOENT/],
      [folder, /cannot be read: EISDIR/],
      ["/dev/zero", /more than 4096 bytes/],
      [file("empty", "\n"), /is refused: accessKeySecret: must not be empty/],
      [file("long", SECRET.repeat(20)), /is refused: accessKeySecret: must be at most 128 characters/],
    ];
    for (const [path, message] of cases) {
      const said = await refused([], { [ID]: "team-a", [SECRET_FILE]: path });
      expect(said).toMatch(message);
      expect(said).not.toContain("Hidden");
    }
    const swapped = await refused([], { [ID]: "Hidden/1", [SECRET_FILE]: secretFile });
    expect(swapped).toMatch(/--access-key-id must be 1 to 128 letters/);
    expect(swapped).not.toContain("Hidden");
  });
});

describe("a service token that is in a file", () => {
  const env = { CHANGE_TRACKING_SERVICE_TOKEN_FILE: tokenFile };

  it("comes from the environment, a flag or the settings file", async () => {
    expect((await run([], env)).serviceToken).toBe(TOKEN);
    const other = { CHANGE_TRACKING_SERVICE_TOKEN: "0123456789abcdef" };
    expect((await run(["--service-token-file", tokenFile], other)).serviceToken).toBe(TOKEN);
    const settings = ["--settings", file("t.yaml", "serviceTokenFile: token")];
    expect((await run(settings)).serviceToken).toBe(TOKEN);
    expect((await run(settings, other)).serviceToken).toBe("0123456789abcdef");
    expect(readTailArguments(["orders"], env, 0)?.token).toBe(TOKEN);
  });

  it("stands nowhere a second time, and has the token's form", async () => {
    const both = { ...env, CHANGE_TRACKING_SERVICE_TOKEN: "0123456789abcdef" };
    expect(await refused([], both)).toMatch(/exclude each other/);
    const twice = file("u.yaml", "serviceTokenFile: token\nserviceToken: 0123456789abcdef");
    expect(await refused(["--settings", twice])).toMatch(/serviceToken and serviceTokenFile exclude/);
    const short = await refused(["--service-token-file", file("short", "Hidden")]);
    expect(short).toMatch(/is refused: serviceToken: must be at least 16 characters long/);
    expect(short).not.toContain("Hidden");
  });
});
