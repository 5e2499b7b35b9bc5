import { LogError } from "./log.ts";

const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

export function isDiskFull(error: unknown): boolean {
  return FULL.has((error as NodeJS.ErrnoException | undefined)?.code ?? "");
}

export function diskFull(name: string, folder: string, cause: unknown): LogError {
  return new LogError(
    "DISK_FULL",
    `log ${name}: no room for more in ${folder} (${(cause as NodeJS.ErrnoException).code}); nothing of this append is kept. Make room and append again`,
    { cause },
  );
}

export function failed(name: string, folder: string, cause: unknown): LogError {
  return new LogError(
    "IO",
    `log ${name}: writing in ${folder} failed (${(cause as Error).message}); it takes no more until it is opened anew or what is incomplete is discarded. Check the disk`,
    { cause },
  );
}

export function closed(name: string): LogError {
  return new LogError("CLOSED", `log ${name} is closed; open it again`);
}

/** Anything else than a LogError becomes one. */
export function asLogError(name: string, error: unknown): LogError {
  if (error instanceof LogError) return error;
  return new LogError("IO", `log ${name}: ${(error as Error).message}; check the disk`, { cause: error });
}

export function damaged(name: string, path: string, at: number): LogError {
  return new LogError(
    "CORRUPT",
    `log ${name}: ${path} is damaged at byte ${at}, and what was written there is lost; restore the file from a copy, or remove the log and read the source anew`,
  );
}
