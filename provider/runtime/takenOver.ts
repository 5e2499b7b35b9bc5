import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "./settings.ts";
import { changeTrackingHome } from "./unfinished.ts";

/**
 * Who has taken over what, beyond the run: a delete of a later run that the new owner has no part in
 * (`destroy --target`) must not take the thing away from it.
 */
export interface TakenOver {
  ownerOf(thing: string): string | undefined;
  note(thing: string, owner: string): void;
  /** Nobody has it any more, or whoever has it made it. */
  forget(thing: string): void;
}

export const nothingTakenOver: TakenOver = {
  ownerOf: () => undefined,
  note: () => {},
  forget: () => {},
};

/** A note that nothing has touched for so long is of a state that is gone. */
const AGE_MS_MAX = 2 * 365 * 24 * 3600 * 1000;
const FILES_MAX = 10_000;

export function takenOverFolder(environment: Environment): string {
  return join(changeTrackingHome(environment), "taken-over");
}

/** One small file for each thing that was taken over. A folder that cannot be written to costs the note, not the run. */
export function takenOverFiles(folder: string, nowMs: () => number): TakenOver {
  const pathOf = (thing: string) =>
    join(folder, `${createHash("sha256").update(thing).digest("hex").slice(0, 32)}.json`);

  function removeOld(): void {
    for (const name of readdirSync(folder).slice(0, FILES_MAX)) {
      const path = join(folder, name);
      if (nowMs() - statSync(path).mtimeMs > AGE_MS_MAX) rmSync(path, { force: true });
    }
  }

  return {
    ownerOf(thing) {
      try {
        const { owner } = JSON.parse(readFileSync(pathOf(thing), "utf8")) as { owner?: unknown };
        return typeof owner === "string" ? owner : undefined;
      } catch {
        return undefined;
      }
    },
    note(thing, owner) {
      quietly(() => {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        removeOld();
        const path = pathOf(thing);
        // Renamed into place: who is killed while writing leaves the old text or the new one.
        writeFileSync(`${path}.new`, JSON.stringify({ owner, thing }), { mode: 0o600 });
        renameSync(`${path}.new`, path);
      });
    },
    forget: (thing) => quietly(() => rmSync(pathOf(thing), { force: true })),
  };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // See above: only the note is lost.
  }
}
