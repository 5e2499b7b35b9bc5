import { chmodSync, copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { findOnPath, isExecutable, root } from "../paths.ts";
import { formatDuration, startProgress } from "../progress.ts";
import { mustRun } from "../ps.ts";
import { goCaches } from "./go-caches.ts";
import { CLI_VERSION_BUILT, LANGUAGE_HOST_VERSION_BUILT } from "./versions.ts";

const MODULES = join(root, "tools/pulumi-cli");
const VERSION_VARIABLE = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";
const BUILD_MS_MAX = 30 * 60_000;
/** Where Go's own installer puts it; often not on the PATH of a fresh shell. */
const GO_FOLDERS = ["/usr/local/go/bin", "/usr/lib/go/bin", "/opt/homebrew/bin"];

/** The `go` command to build with, or undefined. */
export function findGo(path = process.env.PATH ?? ""): string | undefined {
  return findOnPath("go", path) ?? GO_FOLDERS.map((folder) => join(folder, "go")).find(isExecutable);
}

/** Builds the CLI and its Node language host from the pinned Go modules into `folder/bin`. */
export async function buildPulumi(go: string, folder: string): Promise<void> {
  const binDir = join(folder, "bin");
  mkdirSync(binDir, { recursive: true });
  const caches = await goCaches(go, folder);
  try {
    for (const target of TARGETS) await goBuild(go, target, join(binDir, target.program), caches.env);
  } finally {
    caches.remove();
  }
  // Beside the CLI, as in the official release: from anywhere else on the PATH every run would print a warning.
  const dynamicProvider = join(binDir, "pulumi-resource-pulumi-nodejs");
  copyFileSync(join(root, "node_modules/@pulumi/pulumi/pulumi-resource-pulumi-nodejs"), dynamicProvider);
  chmodSync(dynamicProvider, 0o755);
}

interface GoTarget {
  title: string;
  module: string;
  package: string;
  version: string;
  program: string;
}

const TARGETS: readonly GoTarget[] = [
  {
    title: `building Pulumi ${CLI_VERSION_BUILT}`,
    module: "cli",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    version: CLI_VERSION_BUILT,
    program: "pulumi",
  },
  {
    title: "building its Node.js host",
    module: "language-nodejs",
    package: "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs",
    version: LANGUAGE_HOST_VERSION_BUILT,
    program: "pulumi-language-nodejs",
  },
];

async function goBuild(
  go: string,
  target: GoTarget,
  output: string,
  env: Readonly<Record<string, string>>,
): Promise<void> {
  const progress = startProgress(target.title);
  const startedAt = performance.now();
  const counts = { fetched: 0, compiled: 0 };
  const show = () => {
    const duration = formatDuration(performance.now() - startedAt);
    progress.update(`${counts.fetched} modules fetched, ${counts.compiled} packages compiled, ${duration}`);
  };
  const ticker = setInterval(show, 1_000);
  try {
    // A cold build takes 758 s of processor time (Go 1.26), 160 of them in github.com/pb33f/libopenapi. On 13 packages
    // -dwarf=false saves 12 % (code nearly the same), with -N -l 40 %; what the slower CLI would cost is not measured.
    const flags = `-s -w -X ${VERSION_VARIABLE}=v${target.version}`;
    await mustRun(
      go,
      ["build", "-v", "-trimpath", "-mod=readonly", "-ldflags", flags, "-o", output, target.package],
      {
        cwd: join(MODULES, target.module),
        env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", ...env },
        timeoutMs: BUILD_MS_MAX,
        outputBytesMax: 256 * 1024,
        onOutput: (text) => {
          for (const line of text.split("\n")) {
            if (line.startsWith("go: downloading ")) counts.fetched++;
            else if (line !== "") counts.compiled++;
          }
          show();
        },
      },
    );
  } finally {
    clearInterval(ticker);
  }
  progress.done(`done in ${formatDuration(performance.now() - startedAt)}`);
}
