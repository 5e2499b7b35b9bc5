import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Fire } from "./fire.ts";
import { rowText } from "./source.ts";

/** Of each table, in the message of a failure. */
const DIFFERENCES_MAX = 4;
const ROW_CHARS_MAX = 2_000;

/** What was read is what the source has. */
export async function expectSame(fire: Fire): Promise<void> {
  const { source, witness } = fire;
  await fire.until("the job is Normal", async () => (await fire.status()) === "Normal");
  const stored = await source.stored();
  const tables = new Set([...stored.keys(), ...witness.replica.tables.keys()]);
  const differences = [...tables].flatMap((table) =>
    differing(table, witness.replica.rows(table).map(rowText), stored.get(table) ?? []),
  );
  expect(differences).toEqual([]);
}

/** Some rows that one side has and the other has not, or not as often. */
function differing(table: string, replayed: readonly string[], stored: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const row of stored) counts.set(row, (counts.get(row) ?? 0) + 1);
  for (const row of replayed) counts.set(row, (counts.get(row) ?? 0) - 1);
  return [...counts]
    .filter(([, count]) => count !== 0)
    .slice(0, DIFFERENCES_MAX)
    .map(
      ([row, count]) => `${table}: ${count > 0 ? "not read" : "too much"}: ${row.slice(0, ROW_CHARS_MAX)}`,
    );
}

/** Deleted under fire, it leaves nothing in the source and nothing on the disk. */
export async function expectNothingLeft(fire: Fire): Promise<void> {
  await fire.reader?.stop();
  await fire.call("DeleteDtsJob", { DtsInstanceId: fire.instanceId });
  await fire.service.kill9();
  await fire.service.restart();
  fire.reader = undefined;
  let left: readonly string[] = [];
  const logs = join(fire.folder, "data", "logs");
  await fire
    .until("nothing is left", async () => {
      left = [...(await fire.source.leftovers()), ...(existsSync(logs) ? readdirSync(logs) : [])];
      return left.length === 0;
    })
    .catch((error: Error) => {
      throw new Error(`${left.join(", ")} left. ${error.message}`);
    });
}
