import type { Store } from "../core/store/store.ts";

/** What was done for a client token. */
export function tokenTable(store: Store) {
  return {
    token(token: string): { jobId: string; digest: string } | undefined {
      return store.get("SELECT job_id AS jobId, digest FROM dts_client_tokens WHERE token = ?", token);
    },
    keepToken(token: string, jobId: string, digest: string): void {
      store.run(
        "INSERT INTO dts_client_tokens (token, job_id, digest) VALUES (?, ?, ?)",
        token,
        jobId,
        digest,
      );
    },
  };
}
