const REGISTER = 0x15;
const DUMP = 0x12;
const NON_BLOCKING = 0x01;
/** Shown with the replica's number in the list of replicas. */
const SHOWN_AS = "change-tracking";
const POSITION_BYTES_MAX = 0xffffffff;

/** Makes the reader show in the server's list of replicas for as long as its connection lives. */
export function registerCommand(replicaId: number): Buffer {
  const name = Buffer.from(SHOWN_AS);
  const bytes = Buffer.alloc(5 + 1 + name.length + 1 + 1 + 2 + 4 + 4);
  bytes[0] = REGISTER;
  bytes.writeUInt32LE(replicaId, 1);
  bytes[5] = name.length;
  name.copy(bytes, 6);
  return bytes;
}

/** The events of a file from a position on, and of the files behind it. For a replica 0 it ends where the log ends. */
export function dumpCommand(replicaId: number, file: string, position: number): Buffer {
  if (position > POSITION_BYTES_MAX) throw new Error(`the binlog position ${position} is beyond 4 GiB`);
  const name = Buffer.from(file);
  const bytes = Buffer.alloc(11 + name.length);
  bytes[0] = DUMP;
  bytes.writeUInt32LE(position, 1);
  bytes.writeUInt16LE(replicaId === 0 ? NON_BLOCKING : 0, 5);
  bytes.writeUInt32LE(replicaId, 7);
  name.copy(bytes, 11);
  return bytes;
}
