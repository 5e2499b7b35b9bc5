import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { findOnPath } from "../../../tools/paths.ts";
import type { Need } from "../needs.ts";

const PROGRAM = "pulumi-resource-docker";

/** The folder of the plugin of @pulumi/docker: on the PATH, or where `pulumi plugin install resource docker` puts it. */
export function dockerPlugin(): { folder?: string; need: Need } {
  const plugins = join(process.env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "plugins");
  const installed = existsSync(plugins) ? readdirSync(plugins) : [];
  const folders = installed
    .filter((name) => name.startsWith("resource-docker-v"))
    .map((name) => join(plugins, name));
  const found = findOnPath(PROGRAM) ?? folders.map((one) => join(one, PROGRAM)).find(existsSync);
  // Its releases are in no package registry.
  const need = {
    name: "the plugin of @pulumi/docker (pulumi plugin install resource docker)",
    available: found !== undefined,
    offeredByRegistries: false,
  };
  return found === undefined ? { need } : { folder: dirname(found), need };
}
