/** One line of what happens at the listener. No field holds a secret. */
export type MessagingLog = (
  level: "debug" | "info" | "warn",
  event: string,
  fields: Readonly<Record<string, string | number | undefined>>,
) => void;

const LINES_PER_SECOND_MAX = 50;

/** Lets no client fill the log: beyond a number of lines a second only their count is told, with the next second's first. */
export function bounded(log: MessagingLog, nowMs: () => number): MessagingLog {
  let second = 0;
  let lines = 0;
  return (level, event, fields) => {
    const current = Math.floor(nowMs() / 1000);
    if (current !== second) {
      const left = lines - LINES_PER_SECOND_MAX;
      second = current;
      lines = 0;
      if (left > 0) log("warn", "messages.lines-left-out", { lines: left });
    }
    lines += 1;
    if (lines <= LINES_PER_SECOND_MAX) log(level, event, fields);
  };
}
