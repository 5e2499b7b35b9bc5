import { type CaptureDependencies, CaptureError, type CaptureJob } from "../capture.ts";
import { closeOn } from "../close-on.ts";
import { textOf } from "../failure.ts";
import { login, type Session } from "./login.ts";
import { replicaIdOf } from "./replica-id.ts";

const TRIES_MAX = 50;
const WAIT_MS = 200;
const SYNTAX_ERROR = 1064;
/** Without the right to see replicas nothing is told; the registration has gone with its connection all the same. */
const DENIED = new Set([1142, 1227]);

/**
 * Capture makes nothing in the source but a registration as a replica, which goes with its connection: waits until the server
 * has seen that.
 */
export async function cleanUp(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
): Promise<void> {
  const id = replicaIdOf(job);
  try {
    const session = await login(job, dependencies);
    const stop = closeOn(signal, session);
    try {
      for (let tries = 1; await isRegistered(session, id); tries += 1) {
        if (tries >= TRIES_MAX) throw new Error("its connection is still open");
        await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
      }
    } finally {
      stop();
    }
  } catch (error) {
    throw new CaptureError(
      "SOURCE_LOST",
      `The source at ${job.host}:${job.port} may still show the replica ${id} for a while: ${textOf(error)}. Nothing else was made there, and it keeps no logs; to end it at once, find its thread with SHOW PROCESSLIST (command Binlog Dump, account ${job.user}) and KILL it.`,
      { cause: error },
    );
  }
}

async function isRegistered(session: Session, id: number): Promise<boolean> {
  const rows = await replicas(session);
  return rows.some((row) => Number(row.Server_id ?? row.Server_Id) === id);
}

interface ReplicaRow {
  readonly Server_id?: string | number;
  readonly Server_Id?: string | number;
}

async function replicas(session: Session): Promise<readonly ReplicaRow[]> {
  const errnoOf = (error: unknown) => Number((error as { errno?: unknown }).errno);
  try {
    return await session.rows<ReplicaRow>("SHOW SLAVE HOSTS").catch((error) => {
      if (errnoOf(error) !== SYNTAX_ERROR) throw error;
      return session.rows<ReplicaRow>("SHOW REPLICAS");
    });
  } catch (error) {
    if (DENIED.has(errnoOf(error))) return [];
    throw error;
  }
}
