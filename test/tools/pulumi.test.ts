import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root } from "../../tools/paths.ts";
import { cachesFor } from "../../tools/pulumi/go-caches.ts";
import { findPulumiOnPath } from "../../tools/pulumi/on-path.ts";
import {
  CLI_FILES,
  CLI_VERSION_BUILT,
  isVersionAtLeast,
  LANGUAGE_HOST_VERSION_BUILT,
} from "../../tools/pulumi/versions.ts";
import { pulumiEnv } from "../../tools/pulumi.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pulumi-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function fakeCli(version: string, files: readonly string[] = CLI_FILES): void {
  for (const name of files) {
    writeFileSync(join(folder, name), `#!/bin/sh\necho ${version}\n`);
    chmodSync(join(folder, name), 0o755);
  }
}

describe("a CLI on the PATH", () => {
  test("is used when it is new enough and has its language host", async () => {
    fakeCli("v3.200.0");
    expect(await findPulumiOnPath(folder)).toEqual({ binDir: folder, version: "v3.200.0" });
  });

  test("is passed over when it is too old, lacks its language host, or does not run", async () => {
    fakeCli("v3.199.9");
    expect(await findPulumiOnPath(folder)).toBeUndefined();
    fakeCli("an error");
    expect(await findPulumiOnPath(folder)).toBeUndefined();
    rmSync(join(folder, "pulumi-language-nodejs"));
    fakeCli("v3.250.0", ["pulumi"]);
    expect(await findPulumiOnPath(folder)).toBeUndefined();
    expect(await findPulumiOnPath(join(folder, "nothing here"))).toBeUndefined();
  });
});

test("versions are compared by number", () => {
  expect(isVersionAtLeast("v3.1000.0", "3.200.0")).toBe(true);
  expect(isVersionAtLeast("v3.99.9", "3.200.0")).toBe(false);
  expect(isVersionAtLeast("3.200.0-alpha.1", "3.200.0")).toBe(true);
  expect(isVersionAtLeast("", "3.200.0")).toBe(false);
});

test("the versions that are built are the ones that the Go modules pin", () => {
  const pins = (module: string) => readFileSync(join(root, "tools/pulumi-cli", module, "go.mod"), "utf8");
  expect(pins("cli")).toContain(`github.com/pulumi/pulumi/pkg/v3 v${CLI_VERSION_BUILT}`);
  expect(pins("language-nodejs")).toContain(
    `github.com/pulumi/pulumi/sdk/v3 v${LANGUAGE_HOST_VERSION_BUILT}`,
  );
});

test("the environment asks nothing, updates nothing and keeps the state in its folder", () => {
  const setup = { binDir: "/b", pathPrefix: "/n:/b", version: "v3.259.0", how: "path" as const };
  const base = { PATH: "/usr/bin", LANG: "C" };
  expect(pulumiEnv({ setup, backendDir: "/state", passphrase: "secret", base })).toEqual({
    LANG: "C",
    PATH: "/n:/b:/usr/bin",
    PULUMI_BACKEND_URL: "file:///state",
    PULUMI_CONFIG_PASSPHRASE: "secret",
    PULUMI_HOME: "/state/.pulumi-home",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
  });
});

describe("the caches of a build with Go", () => {
  const settings = () => ({
    GOMODCACHE: join(folder, "theirs"),
    GOPROXY: "https://proxy.example,direct",
    GOFLAGS: "-x",
  });

  test("are its own and go afterwards; what the user's cache has is not fetched again", () => {
    const caches = cachesFor(settings(), folder, false);
    expect(caches.env).toEqual({
      GOMODCACHE: join(folder, "go/mod"),
      GOCACHE: join(folder, "go/build"),
      GOPROXY: `file://${join(folder, "theirs/cache/download")},https://proxy.example,direct`,
      GOFLAGS: "-x -buildvcs=false -modcacherw",
    });
    mkdirSync(join(folder, "go/mod/a"), { recursive: true });
    caches.remove();
    expect(existsSync(join(folder, "go"))).toBe(false);
  });

  test("are the user's where they are wanted, or have the modules already", () => {
    const theirs = { GOFLAGS: "-x -buildvcs=false" };
    expect(cachesFor(settings(), folder, true).env).toEqual(theirs);
    mkdirSync(join(folder, `theirs/github.com/pulumi/pulumi/pkg/v3@v${CLI_VERSION_BUILT}`), {
      recursive: true,
    });
    expect(cachesFor(settings(), folder, false).env).toEqual(theirs);
  });
});
