import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Everything that the quickstart writes lives here; deleting the folder forgets it all. */
export const home = join(root, ".data", "quickstart");
export const backingFile = join(home, "backing.json");
export const backingLog = join(home, "backing.log");
export const stackName = "quickstart";
export const projectName = "change-tracking-quickstart";

/** What runs behind the quickstart: the source database and the local service. */
export interface Backing {
  readonly pid: number;
  readonly endpoint: string;
  readonly database: { host: string; port: number; user: string; password: string; name: string };
}
