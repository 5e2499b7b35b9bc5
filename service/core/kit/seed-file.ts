import { createHash } from "node:crypto";
import { scrubbed, secretsIn } from "../../../contract/secrets/index.ts";
import { readYamlFile } from "../settings/yaml-file.ts";
import type { Store } from "../store/store.ts";
import type { Logger } from "./log.ts";

/**
 * Applies a seed file (YAML or JSON; one member per product). The same content is applied once per data folder,
 * so a restart does not bring back what was deleted since. Throws an Error that names the file and what is wrong.
 */
export async function applySeed(
  path: string | undefined,
  rooms: { seed(parts: Readonly<Record<string, unknown>>): Promise<void> },
  store: Store,
  now: () => number,
  log: Logger,
): Promise<void> {
  if (path === undefined) return;
  const { parts, digest } = await readSeed(path);
  if (store.get("SELECT 1 FROM service_seeds WHERE digest = ?", digest)) {
    log.info("seed.known", { path });
    return;
  }
  try {
    await rooms.seed(parts);
  } catch (error) {
    throw new Error(`seed file ${path}: ${scrubbed((error as Error).message, secretsIn(parts))}`);
  }
  store.run("INSERT INTO service_seeds (digest, applied_at) VALUES (?, ?)", digest, now());
  log.info("seed.applied", { path, products: Object.keys(parts) });
}

/** After a reset the same seed file counts as new. */
export function forgetSeeds(store: Store): void {
  store.run("DELETE FROM service_seeds");
}

async function readSeed(path: string): Promise<{ parts: Record<string, unknown>; digest: string }> {
  const { value, text } = await readYamlFile("seed file", path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`seed file ${path}: must hold one member per product`);
  }
  return { parts: value as Record<string, unknown>, digest: createHash("sha256").update(text).digest("hex") };
}
