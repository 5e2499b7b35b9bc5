import type { Store } from "../core/store/store.ts";
import type { Position } from "./entities.ts";

const COLUMNS = `group_id AS groupId, job_id AS jobId, topic, next_offset AS nextOffset, metadata, seconds,
  committed_at_ms AS committedAtMs`;

/** How far groups have read. */
export function positionTable(store: Store) {
  return {
    position(groupId: string): Position | undefined {
      return store.get(`SELECT ${COLUMNS} FROM dts_positions WHERE group_id = ?`, groupId);
    },
    putPosition(position: Position): void {
      store.run(
        `INSERT INTO dts_positions (group_id, job_id, topic, next_offset, metadata, seconds, committed_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (group_id) DO UPDATE SET job_id = excluded.job_id, topic = excluded.topic,
           next_offset = excluded.next_offset, metadata = excluded.metadata, seconds = excluded.seconds,
           committed_at_ms = excluded.committed_at_ms`,
        position.groupId,
        position.jobId,
        position.topic,
        position.nextOffset,
        position.metadata,
        position.seconds,
        position.committedAtMs,
      );
    },
    /** Of all groups that have one: to this record, whose time is not known yet. */
    movePositionsOf(jobId: string, nextOffset: number): void {
      store.run(
        "UPDATE dts_positions SET next_offset = ?, metadata = '', seconds = NULL WHERE job_id = ?",
        nextOffset,
        jobId,
      );
    },
  };
}
