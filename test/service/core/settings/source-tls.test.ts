import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { readCommand } from "../../../../service/core/settings/command-line.ts";

const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
const folder = mkdtempSync(join(tmpdir(), "source-tls-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

async function tls(args: string[], env: NodeJS.ProcessEnv = {}) {
  const command = await readCommand(args, env);
  return "run" in command ? command.run.sourceTls : undefined;
}

it("TLS to sources is taken where they offer it, unless flags, environment or settings file say otherwise", async () => {
  expect(await tls([])).toEqual({ mode: "prefer", ca: undefined });
  file("ca.pem", PEM);
  const settings = ["--settings", file("settings.yaml", "sourceTls: { mode: verify, caFile: ca.pem }")];
  expect(await tls(settings)).toEqual({ mode: "verify", ca: PEM });
  const env = { CHANGE_TRACKING_SOURCE_TLS: "verify", CHANGE_TRACKING_SOURCE_TLS_CA: join(folder, "ca.pem") };
  expect(await tls([], env)).toEqual({ mode: "verify", ca: PEM });
  expect(await tls(["--source-tls", "off"])).toEqual({ mode: "off", ca: undefined });
});

it("a mode that there is none of, and certificates that cannot be used, are refused", async () => {
  const ca = file("ca.pem", PEM);
  await expect(tls(["--source-tls", "on"])).rejects.toThrow(/must be one of off, prefer, verify/);
  await expect(tls(["--source-tls-ca", ca])).rejects.toThrow(/goes with --source-tls verify, got prefer/);
  const given = (path: string) => tls(["--source-tls", "verify", "--source-tls-ca", path]);
  await expect(given(join(folder, "none.pem"))).rejects.toThrow(/none.pem cannot be read/);
  await expect(given(file("key.pem", "a key"))).rejects.toThrow(/holds no certificate in PEM/);
});
