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
 * Remembers creates that have been sent and whose result the engine may not have stored. When Pulumi is killed, or
 * an answer is lost for good, the next run of the same program on the same machine finds here what it may take up
 * again: it is the resource's own, and not somebody else's of the same name.
 */
export interface Unfinished {
  /** What an earlier run has left about this create. */
  find(create: CreateKey): UnfinishedNote | undefined;
  /** To be called right before the create is sent; replaces what was left. */
  begin(create: CreateKey, facts: Facts): void;
  /** The id is known; the engine does not have it yet. */
  made(create: CreateKey, id: string): void;
  /** The result goes to the engine now. Forgotten when the run ends in order. */
  handOver(create: CreateKey): void;
  /** Surely nothing was made. */
  forget(create: CreateKey): void;
  /** The engine has this id in its state: whatever was left about it is settled. */
  recorded(id: string): void;
  /** The run ends in order: the engine has stored all that was handed over. */
  close(): void;
}

/** Which create of which program: the same resource of another folder or service is another one. */
export interface CreateKey {
  /** Undefined when it is not known which resource it is; then nothing is remembered. */
  readonly urn: string | undefined;
  /** Address of the service. */
  readonly address: string;
  readonly region: string;
  /** What the resource is made in, for example an instance. */
  readonly within: string;
}

/** What is needed to tell one's own from another's; never a secret. */
export type Facts = Readonly<Record<string, string | readonly string[]>>;

export interface UnfinishedNote {
  readonly facts: Facts;
  readonly id: string | undefined;
}

export const nothingUnfinished: Unfinished = {
  find: () => undefined,
  begin: () => {},
  made: () => {},
  handOver: () => {},
  forget: () => {},
  recorded: () => {},
  close: () => {},
};

/** What is older than this is nobody's any more. */
const AGE_MS_MAX = 30 * 24 * 3600 * 1000;

export function unfinishedFolder(environment: Environment): string {
  return join(changeTrackingHome(environment), "unfinished");
}

/**
 * One small file for each create, written before the create is sent. A folder that cannot be written to costs the
 * memory, never the create. `program` is the folder that the program runs in.
 */
export function unfinishedFiles(folder: string, program: string, nowMs: () => number): Unfinished {
  const handedOver = new Set<string>();
  /** What this run has written, by path. */
  const begun = new Map<string, Facts>();
  let pathsById: Map<string, string> | undefined;

  /** What earlier runs have left, by id. What has become too old goes. */
  function leftById(): Map<string, string> {
    const byId = new Map<string, string>();
    for (const path of youngNotes(folder, AGE_MS_MAX, nowMs())) {
      const id = readUnfinished(path)?.id;
      if (id !== undefined) byId.set(id, path);
    }
    return byId;
  }

  function pathOf(create: CreateKey): string | undefined {
    if (create.urn === undefined) return undefined;
    const parts = [program, create.urn, create.address, create.region, create.within];
    return notePath(folder, JSON.stringify(parts));
  }

  const write = (path: string, note: UnfinishedNote) => writeNote(folder, path, note);

  const withFile = (create: CreateKey, work: (path: string) => void) => {
    const path = pathOf(create);
    if (path !== undefined) attempt(() => work(path));
  };

  return {
    find(create) {
      const path = pathOf(create);
      return path === undefined ? undefined : readUnfinished(path);
    },
    begin: (create, facts) =>
      withFile(create, (path) => {
        begun.set(path, facts);
        write(path, { facts, id: undefined });
      }),
    made: (create, id) =>
      withFile(create, (path) =>
        write(path, { facts: begun.get(path) ?? readUnfinished(path)?.facts ?? {}, id }),
      ),
    handOver: (create) => withFile(create, (path) => handedOver.add(path)),
    forget: (create) => withFile(create, (path) => removeNote(path)),
    recorded(id) {
      attempt(() => {
        pathsById ??= leftById();
        const path = pathsById.get(id);
        if (path !== undefined && !handedOver.has(path)) removeNote(path);
      });
    },
    close() {
      for (const path of handedOver) attempt(() => removeNote(path));
      handedOver.clear();
    },
  };
}

function readUnfinished(path: string): UnfinishedNote | undefined {
  const note = readNote(path) as Partial<UnfinishedNote> | undefined;
  return note && { facts: note.facts ?? {}, id: typeof note.id === "string" ? note.id : undefined };
}

/** The engine ends a host with SIGINT once everything is stored; the signal then does what it would have done. */
export function closeWithTheHost(unfinished: Unfinished, host: NodeJS.Process = process): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    host.once(signal, () => {
      unfinished.close();
      host.kill(host.pid, signal);
    });
  }
}
