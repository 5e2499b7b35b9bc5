import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Backing, environmentFile, home, PROJECT_NAME } from "./paths.ts";

/** Of the user's own Pulumi and provider; the quickstart has its own, and neither may reach into the other. */
const FOREIGN = /^(PULUMI_|CHANGE_TRACKING_)/;

/** What a shell needs so that a plain `pulumi preview` at the root works; PATH is what goes in front of its own. */
export function shellEnvironment(pathPrefix: string, backing: Backing): Record<string, string> {
  return {
    PATH: pathPrefix,
    PULUMI_HOME: join(home, "pulumi"),
    PULUMI_BACKEND_URL: `file://${join(home, "state")}`,
    PULUMI_CONFIG_PASSPHRASE_FILE: join(home, "passphrase"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    CHANGE_TRACKING_ENDPOINT: backing.endpoint,
  };
}

/** The same for the commands that the quickstart runs itself. */
export function commandEnvironment(pathPrefix: string, backing: Backing): NodeJS.ProcessEnv {
  const own = shellEnvironment(pathPrefix, backing);
  return { ...withoutForeign(process.env), ...own, PATH: `${own.PATH}:${process.env.PATH ?? ""}` };
}

export function withoutForeign(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.test(name)));
}

/** Writes the file that a shell sources, and returns its path. */
export function writeEnvironmentFile(pathPrefix: string, backing: Backing): string {
  const lines = exportLines(shellEnvironment(pathPrefix, backing));
  const head = `# The quickstart of ${PROJECT_NAME}: source this file in a shell (sh, bash, zsh).`;
  writeFileSync(environmentFile, `${[head, ...lines].join("\n")}\n`, { mode: 0o600 });
  return environmentFile;
}

/** Lines for a shell (sh, bash, zsh) that set the variables; the PATH goes in front of its own. */
export function exportLines(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables).map(([name, value]) =>
    name === "PATH" ? `export PATH=${quoted(value)}:"$PATH"` : `export ${name}=${quoted(value)}`,
  );
}

/** As one word of a shell, whatever is in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
