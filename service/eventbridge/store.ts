import { roomStore } from "../core/kit/room-store.ts";
import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import { ACTIVE_STATUSES, type Stream, type StreamStatus, type Tag } from "./entities.ts";

/** All that this room reads and writes. Callers open the transaction where several steps belong together. */
export const eventbridgeStore = roomStore(tablesOf);

export type EventbridgeStore = ReturnType<typeof tablesOf>;

function tablesOf(store: Store) {
  return { ...streamTable(store), ...tagTable(store) };
}

const marks = (values: readonly string[]) => values.map(() => "?").join(", ");

function streamTable(store: Store) {
  return {
    insertStream(stream: Stream): void {
      store.run(
        "INSERT INTO eventbridge_streams (region, name, status, group_id, created_at_ms, document) VALUES (?, ?, ?, ?, ?, ?)",
        stream.region,
        stream.name,
        stream.status,
        stream.groupId,
        stream.createdAtMs,
        JSON.stringify(stream),
      );
    },
    updateStream(stream: Stream): void {
      store.run(
        "UPDATE eventbridge_streams SET status = ?, group_id = ?, document = ? WHERE region = ? AND name = ?",
        stream.status,
        stream.groupId,
        JSON.stringify(stream),
        stream.region,
        stream.name,
      );
    },
    stream(region: string, name: string): Stream | undefined {
      const sql = "SELECT document FROM eventbridge_streams WHERE region = ? AND name = ?";
      return document(store, sql, region, name);
    },
    /** Oldest first; of all regions without one. */
    streams: (region: string | undefined): Stream[] =>
      documents(
        store,
        "SELECT document FROM eventbridge_streams WHERE region = coalesce(?, region) ORDER BY created_at_ms, rowid",
        region ?? null,
      ),
    /** Those of a name, one a region. */
    streamsNamed: (name: string): Stream[] =>
      documents(store, "SELECT document FROM eventbridge_streams WHERE name = ? ORDER BY region", name),
    streamsIn: (status: StreamStatus): Stream[] =>
      documents(store, "SELECT document FROM eventbridge_streams WHERE status = ?", status),
    /** The streams that hold a consumer group now, in every region: a group id is unique. */
    readersOf: (groupId: string): Stream[] =>
      documents(
        store,
        `SELECT document FROM eventbridge_streams WHERE group_id = ? AND status IN (${marks(ACTIVE_STATUSES)})`,
        groupId,
        ...ACTIVE_STATUSES,
      ),
    countByStatus: (): Record<string, number> =>
      Object.fromEntries(
        store
          .all<{ status: string; n: number }>(
            "SELECT status, count(*) AS n FROM eventbridge_streams GROUP BY status ORDER BY status",
          )
          .map(({ status, n }) => [status, n]),
      ),
    /** Takes the stream with its tags. */
    deleteStream(region: string, name: string): void {
      store.transaction(() => {
        store.run("DELETE FROM eventbridge_tags WHERE region = ? AND name = ?", region, name);
        store.run("DELETE FROM eventbridge_streams WHERE region = ? AND name = ?", region, name);
      });
    },
  };
}

function tagTable(store: Store) {
  return {
    tags: (region: string, name: string): Tag[] =>
      store.all<Tag & Record<string, never>>(
        "SELECT key, value FROM eventbridge_tags WHERE region = ? AND name = ? ORDER BY key",
        region,
        name,
      ),
    putTag: (region: string, name: string, tag: Tag): void =>
      void store.run(
        "INSERT INTO eventbridge_tags (region, name, key, value) VALUES (?, ?, ?, ?) ON CONFLICT (region, name, key) DO UPDATE SET value = excluded.value",
        region,
        name,
        tag.key,
        tag.value,
      ),
    /** Without keys all of them. */
    deleteTags(region: string, name: string, keys?: readonly string[]): void {
      if (!keys) {
        store.run("DELETE FROM eventbridge_tags WHERE region = ? AND name = ?", region, name);
        return;
      }
      for (const key of keys) {
        store.run(
          "DELETE FROM eventbridge_tags WHERE region = ? AND name = ? AND key = ?",
          region,
          name,
          key,
        );
      }
    },
  };
}
