import { existsSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { mustRun } from "../ps.ts";
import { CLI_VERSION_BUILT } from "./versions.ts";

/** The caches of one build, as variables for Go, and how they go afterwards. */
interface GoCaches {
  readonly env: Readonly<Record<string, string>>;
  remove(): void;
}

interface GoSettings {
  readonly GOMODCACHE: string;
  readonly GOPROXY: string;
  readonly GOFLAGS: string;
}

const ASK_MS_MAX = 20_000;

/**
 * The build leaves some 3.5 GB of modules and compiled packages that nobody needs again, so it gets caches of its own
 * below `folder`, which go when it is done. Where the user's module cache has the CLI's modules already, or
 * CHANGE_TRACKING_GO_CACHE=keep is set, the user's own caches are used as they are.
 */
export async function goCaches(go: string, folder: string, environment = process.env): Promise<GoCaches> {
  const { stdout } = await mustRun(go, ["env", "-json", "GOMODCACHE", "GOPROXY", "GOFLAGS"], {
    env: { ...environment, GOWORK: "off" },
    timeoutMs: ASK_MS_MAX,
  });
  return cachesFor(JSON.parse(stdout) as GoSettings, folder, environment.CHANGE_TRACKING_GO_CACHE === "keep");
}

export function cachesFor(settings: GoSettings, folder: string, isKept: boolean): GoCaches {
  // Their own flags stay: they may say where modules come from.
  const flags = [settings.GOFLAGS, "-buildvcs=false"].filter(Boolean);
  if (isKept || hasModules(settings.GOMODCACHE))
    return { env: { GOFLAGS: flags.join(" ") }, remove: () => undefined };
  const own = join(folder, "go");
  return {
    env: {
      GOMODCACHE: join(own, "mod"),
      GOCACHE: join(own, "build"),
      // What the user's cache has of the modules is not fetched again.
      GOPROXY: [`file://${join(settings.GOMODCACHE, "cache/download")}`, settings.GOPROXY]
        .filter(Boolean)
        .join(","),
      // Go makes modules read-only; then nobody could delete them plainly.
      GOFLAGS: [...flags, "-modcacherw"].join(" "),
    },
    remove: () => rmSync(own, { recursive: true, force: true }),
  };
}

function hasModules(moduleCache: string): boolean {
  return moduleCache
    .split(delimiter)
    .some((path) => existsSync(join(path, `github.com/pulumi/pulumi/pkg/v3@v${CLI_VERSION_BUILT}`)));
}
