import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { Cleanup } from "./entities.ts";

/** What captures left behind. */
export function cleanupTable(store: Store) {
  return {
    cleanups(): Cleanup[] {
      return documents(store, "SELECT document FROM dts_cleanups ORDER BY rowid");
    },
    cleanup(captureId: string): Cleanup | undefined {
      return document(store, "SELECT document FROM dts_cleanups WHERE capture_id = ?", captureId);
    },
    putCleanup(cleanup: Cleanup): void {
      store.run(
        "INSERT INTO dts_cleanups (capture_id, document) VALUES (?, ?) ON CONFLICT (capture_id) DO UPDATE SET document = excluded.document",
        cleanup.captureId,
        JSON.stringify(cleanup),
      );
    },
    deleteCleanup(captureId: string): void {
      store.run("DELETE FROM dts_cleanups WHERE capture_id = ?", captureId);
    },
  };
}
