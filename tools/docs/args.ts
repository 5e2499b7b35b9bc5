import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../paths.ts";
import { alertTypes } from "./args/alerts.ts";
import { groupTypes } from "./args/groups.ts";
import { inflowTypes } from "./args/inflow.ts";
import { instanceTypes, timeoutsInterface } from "./args/instance.ts";

/*
 * The args of the resources, as the schemas of `provider/schema/` have their inputs. Written into the tree, so that
 * editors show each input's docstring and the published types do without zod.
 */

const HEAD =
  "/* Written by `npm run docs` from the schemas in provider/schema; to change an input, change it there. */\n\n";
const PULUMI = 'import type * as pulumi from "@pulumi/pulumi";\n';
const INSTANCE = 'import type { ChangeTrackingInstance } from "../change-tracking-instance.ts";\n';
const GROUP = 'import type { ConsumerGroup } from "../consumer-group.ts";\n';
const REFERENCE = 'import type { Reference } from "../identity.ts";\n';
const TIMEOUTS = 'import type { TimeoutsArgs } from "./timeouts.ts";\n';

/** The files of `provider/args/` by path, as they should be. */
export function argsFiles(): Record<string, string> {
  const files = {
    "change-tracking-instance": [PULUMI, TIMEOUTS, ...instanceTypes()],
    "consumer-group": [PULUMI, INSTANCE, REFERENCE, TIMEOUTS, ...groupTypes()],
    "inflow-task": [PULUMI, INSTANCE, GROUP, REFERENCE, TIMEOUTS, ...inflowTypes()],
    "alert-rule": [PULUMI, INSTANCE, GROUP, REFERENCE, TIMEOUTS, ...alertTypes()],
    timeouts: [PULUMI, timeoutsInterface()],
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, parts]) => {
      const path = `provider/args/${name}.ts`;
      return [path, formatted(path, HEAD + parts.join(""))];
    }),
  );
}

/** Generated files as they are. */
export function readArgsFiles(paths: readonly string[]): Record<string, string> {
  const read = (path: string) => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}

export function formatted(path: string, text: string): string {
  const biome = join(root, "node_modules/@biomejs/biome/bin/biome");
  const args = [biome, "format", `--stdin-file-path=${path}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    input: text,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${path} cannot be formatted: ${stderr}`);
  return stdout;
}
