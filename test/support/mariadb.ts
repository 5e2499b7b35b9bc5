import { canUseApt } from "../../tools/mariadb/apt.ts";
import { ensureMariadb } from "../../tools/mariadb/setup.ts";
import type { Need } from "./needs.ts";

/**
 * Whether tests can have a real MariaDB: the machine's own, or one from its package archive, which is fetched here
 * when it is not in the cache yet. Missing are both ways, or the archive cannot be reached.
 */
export async function mariadbNeed(): Promise<Need> {
  try {
    await ensureMariadb();
    return { name: "MariaDB", available: true, offeredByRegistries: true };
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    return { name: `MariaDB (${reason})`, available: false, offeredByRegistries: canUseApt() };
  }
}
