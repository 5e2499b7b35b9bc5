import { type ApiClient, apiClient } from "../api/client.ts";
import { openApiTransport, type Transport } from "../api/transport.ts";
import {
  nothingTakenOver,
  type TakenOver,
  takenOverFiles,
  takenOverFolder,
} from "../ownership/taken-over.ts";
import {
  closeWithTheHost,
  nothingUnfinished,
  type Unfinished,
  unfinishedFiles,
  unfinishedFolder,
} from "../ownership/unfinished.ts";
import { type Clock, systemClock } from "./clock.ts";
import { type EngineLog, engineAddress, engineLog, silentLog } from "./engine.ts";
import { quietRefusals } from "./errors.ts";
import { RunMemory } from "./memory.ts";
import { type Environment, type ReadConfig, readSettings, type Settings } from "./settings.ts";

/** What all calls of one run share. */
export interface Session {
  readonly settings: Settings;
  readonly api: ApiClient;
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly memory: RunMemory;
  /** What outlives the run. */
  readonly unfinished: Unfinished;
  readonly takenOver: TakenOver;
  /** Judges a program alone: nobody is asked, and what the state decides is left open. */
  readonly isOffline?: boolean;
}

export interface SessionParts {
  readonly read: ReadConfig;
  readonly environment?: Environment;
  readonly transport?: Transport;
  readonly clock?: Clock;
  readonly log?: EngineLog;
  readonly unfinished?: Unfinished;
  readonly takenOver?: TakenOver;
  readonly isOffline?: boolean;
}

export function makeSession(parts: SessionParts): Session {
  const settings = readSettings(parts.read, parts.environment ?? process.env);
  const clock = parts.clock ?? systemClock;
  return {
    settings,
    api: apiClient(settings, parts.transport ?? openApiTransport(settings, parts.environment), clock),
    clock,
    log: parts.log ?? silentLog,
    memory: new RunMemory(),
    unfinished: parts.unfinished ?? nothingUnfinished,
    takenOver: parts.takenOver ?? nothingTakenOver,
    isOffline: parts.isOffline ?? false,
  };
}

/** The session of a host process, whose engine's address is in its arguments. */
export function hostSession(read: ReadConfig): Session {
  const address = engineAddress(process.argv);
  if (address !== undefined) quietRefusals(console);
  const session = makeSession({
    read,
    log: engineLog(address),
    unfinished: unfinishedOf(address),
    takenOver: takenOverOf(address),
  });
  const [wins, loses] = [process.env.CHANGE_TRACKING_ENDPOINT, read("changetracking:endpoint")];
  if (wins && loses && wins !== loses) {
    session.log.info(`CHANGE_TRACKING_ENDPOINT ${wins} is used instead of changetracking:endpoint ${loses}`);
  }
  return session;
}

function takenOverOf(engine: string | undefined): TakenOver {
  return engine === undefined
    ? nothingTakenOver
    : takenOverFiles(takenOverFolder(process.env), () => Date.now());
}

/** Only a host that an engine has started has creates to remember. */
function unfinishedOf(engine: string | undefined): Unfinished {
  if (engine === undefined) return nothingUnfinished;
  const unfinished = unfinishedFiles(unfinishedFolder(process.env), process.cwd(), () => Date.now());
  closeWithTheHost(unfinished);
  return unfinished;
}
