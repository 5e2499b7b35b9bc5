/** Progress of one long step: a line that renews itself on a terminal, a few plain lines elsewhere. */
interface Progress {
  /** The latest state; shown at most ten times a second on a terminal and every 30 seconds elsewhere. */
  update(text: string): void;
  /** The last word on this step. */
  done(text: string): void;
}

/** A place to write progress to. Default: stderr, so that stdout stays free for results. */
interface ProgressStream {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

const TERMINAL_INTERVAL_MS = 100;
const PLAIN_INTERVAL_MS = 30_000;

export function startProgress(title: string, stream: ProgressStream = process.stderr): Progress {
  const terminal = stream.isTTY === true;
  let shownAt = performance.now();
  if (terminal) stream.write(title);
  else stream.write(`${title}\n`);
  const widthMax = terminal ? Math.max(20, (stream.columns ?? 100) - 1) : 1_000;
  const line = (text: string) => `${title}: ${text}`.slice(0, widthMax);
  return {
    update(text) {
      const now = performance.now();
      if (now - shownAt < (terminal ? TERMINAL_INTERVAL_MS : PLAIN_INTERVAL_MS)) return;
      shownAt = now;
      stream.write(terminal ? `\r\u001b[K${line(text)}` : `${line(text)}\n`);
    },
    done(text) {
      stream.write(terminal ? `\r\u001b[K${line(text)}\n` : `${line(text)}\n`);
    },
  };
}

/** `1.2 s`, `45 s`, `3 m 5 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} m ${Math.round(seconds % 60)} s`;
}
