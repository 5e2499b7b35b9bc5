import type { CaptureDependencies, CaptureJob } from "../capture.ts";
import { dumpCommand, registerCommand } from "./commands.ts";
import { login, type Session } from "./login.ts";
import { PacketStream } from "./packet-stream.ts";
import type { SourceState } from "./source-state.ts";

const HEARTBEAT_NANOSECONDS = 1_000_000_000;
/** MariaDB then sends its own kinds of events as they are. */
const MARIADB_CAPABILITY = 4;

type Listeners = Omit<ConstructorParameters<typeof PacketStream>[0], "socket">;

interface Dump {
  readonly stream: PacketStream;
  /** Rejects with the server's error. The replica 0 is not registered, and reads only up to the log's end. */
  start(replicaId: number, file: string, position: number): Promise<void>;
  close(): void;
}

/** Logs in and makes the session ready to send its binary log. */
export async function openDump(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  state: SourceState,
  listeners: Listeners,
): Promise<Dump> {
  const session = await login(job, dependencies);
  try {
    for (const statement of settings(state)) await session.rows(statement);
  } catch (error) {
    session.close();
    throw error;
  }
  return dumpOver(session, listeners);
}

function dumpOver(session: Session, listeners: Listeners): Dump {
  const stream = new PacketStream({ socket: session.socket, ...listeners });
  return {
    stream,
    async start(replicaId, file, position) {
      if (replicaId !== 0) await stream.command(registerCommand(replicaId));
      stream.dump(dumpCommand(replicaId, file, position));
    },
    close() {
      stream.stop();
      session.close();
    },
  };
}

/** Both names of a variable, because servers of either age ignore the one that they do not know. */
function settings({ isMariadb }: SourceState): string[] {
  const names = isMariadb ? ["master"] : ["master", "source"];
  return [
    ...names.map((name) => `SET @${name}_binlog_checksum = 'CRC32'`),
    ...names.map((name) => `SET @${name}_heartbeat_period = ${HEARTBEAT_NANOSECONDS}`),
    ...(isMariadb ? [`SET @mariadb_slave_capability = ${MARIADB_CAPABILITY}`] : []),
  ];
}
