import { createRequire } from "node:module";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";

const PACKAGE = "pulumi-change-tracking";

/** How the CLI starts a program; in a test or with an inline program of the Automation API it is something else. */
const RUN_BY_CLI = /[\\/]cmd[\\/]run(?:[\\/]index(?:\.js)?)?$/;

let isKnown = false;

/**
 * The resources' code runs in another process, which loads this package by its name from the program's folder. A
 * program can have these classes without that: from a shared library of its workspace, or bundled. Said before
 * anything else, because that process could only say that it cannot find a module.
 */
export function requireInstalled(): void {
  if (isKnown || !RUN_BY_CLI.test(process.argv[1] ?? "")) return;
  const folder = process.cwd();
  if (!isResolvable(folder)) throw new pulumi.RunError(advice(folder));
  isKnown = true;
}

function isResolvable(folder: string): boolean {
  try {
    createRequire(join(folder, "program.js")).resolve(`${PACKAGE}/runtime`);
    return true;
  } catch {
    return false;
  }
}

function advice(folder: string): string {
  return (
    `${PACKAGE} must be installed for the program in ${folder}: what makes its resources is loaded from ` +
    "node_modules there or in a folder above it, now and for every later refresh and destroy. " +
    "A dependency of a shared library, or a copy bundled into the program, cannot be found there. " +
    `Add ${PACKAGE} to the dependencies of the package.json in that folder and install it there ` +
    `(in a pnpm workspace: \`pnpm --dir ${folder} add ${PACKAGE}@workspace:*\`, or the same version as the library has).`
  );
}
