import { join } from "node:path";
import type { Environment } from "../host/settings.ts";
import {
  attempt,
  changeTrackingHome,
  notePath,
  readNote,
  removeNote,
  writeNote,
  youngNotes,
} from "./note-files.ts";

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

export function takenOverFolder(environment: Environment): string {
  return join(changeTrackingHome(environment), "taken-over");
}

/** One small file for each thing that was taken over. A folder that cannot be written to costs the note, not the run. */
export function takenOverFiles(folder: string, nowMs: () => number): TakenOver {
  return {
    ownerOf(thing) {
      const owner = readNote(notePath(folder, thing))?.owner;
      return typeof owner === "string" ? owner : undefined;
    },
    note(thing, owner) {
      attempt(() => writeNote(folder, notePath(folder, thing), { owner, thing }));
      attempt(() => youngNotes(folder, AGE_MS_MAX, nowMs()));
    },
    forget: (thing) => attempt(() => removeNote(notePath(folder, thing))),
  };
}
