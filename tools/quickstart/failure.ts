const REASON_CHARS_MAX = 8_192;

/** The members of a database's error that tell a person more than its message does. */
const TELLING = ["code", "detail", "hint"] as const;

/** An error in words: its message, what the database adds to it, and its causes. Never a stack or an object's dump. */
export function describeError(error: unknown): string {
  const lines: string[] = [];
  let one: unknown = error;
  for (let depth = 0; one !== undefined && depth < 5; depth++) {
    if (!(one instanceof Error)) {
      lines.push(String(one));
      break;
    }
    if (!lines.join("\n").includes(one.message)) lines.push(one.message);
    for (const name of TELLING) {
      const text = (one as unknown as Record<string, unknown>)[name];
      if (typeof text === "string" && text !== "") lines.push(`  ${name}: ${text}`);
    }
    one = one.cause;
  }
  return bound(lines.join("\n"));
}

/** A long text keeps both ends, for the useful line may stand at either. */
function bound(text: string): string {
  if (text.length <= REASON_CHARS_MAX) return text;
  return `${text.slice(0, REASON_CHARS_MAX / 2)}\n...\n${text.slice(-REASON_CHARS_MAX / 2)}`;
}
