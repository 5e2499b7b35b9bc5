const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** What a byte is outside a string: a blank, punctuation as its own token, or undefined within anything else. */
const meaning: readonly (string | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const char = String.fromCharCode(byte);
  return " \t\n\r".includes(char) ? "" : "[]{},:".includes(char) ? char : undefined;
});
/** No number or literal is longer. */
const PLAIN_BYTES_MAX = 100;

interface JsonTokens {
  push(chunk: Buffer): void;
  /** No more comes: a number at the very end is whole now. Throws when a string is not. */
  end(): void;
}

/** Cuts JSON that arrives in chunks into its tokens, as written: punctuation, strings with their quotes, all else. */
export function openJsonTokens(take: (token: string) => void): JsonTokens {
  let kind: "string" | "plain" | undefined;
  /** What earlier chunks had of the token. */
  let held: Buffer[] = [];
  let escaped = false;

  function begin(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0;
    const sign = meaning[byte];
    if (sign !== undefined) {
      if (sign !== "") take(sign);
      return at + 1;
    }
    kind = byte === QUOTE ? "string" : "plain";
    return goOn(chunk, at, at + 1);
  }

  /** Reads on in the token, from `from` on what belongs to it and from `look` on what was not looked at yet. */
  function goOn(chunk: Buffer, from: number, look: number): number {
    const end = kind === "string" ? endOfString(chunk, look) : endOfPlain(chunk, look);
    // Counted by its pieces, of which each is as short as one token.
    if (kind === "plain" && (end ?? chunk.length) - from + held.length > PLAIN_BYTES_MAX) {
      throw new Error("is not well-formed JSON");
    }
    if (end === undefined) {
      held.push(Buffer.from(chunk.subarray(from)));
      return chunk.length;
    }
    kind = undefined;
    if (held.length === 0) take(chunk.toString("utf8", from, end));
    else take(joined(chunk.subarray(0, end)));
    return end;
  }

  function joined(rest: Buffer): string {
    const token = Buffer.concat([...held, rest]).toString("utf8");
    held = [];
    return token;
  }

  /** Index behind the closing quote; undefined when the chunk ends first. */
  function endOfString(chunk: Buffer, look: number): number | undefined {
    for (let at = look; at < chunk.length; at += 1) {
      const byte = chunk[at];
      if (escaped) escaped = false;
      else if (byte === BACKSLASH) escaped = true;
      else if (byte === QUOTE) return at + 1;
    }
    return undefined;
  }

  return {
    push(chunk) {
      let at = 0;
      while (at < chunk.length) at = kind === undefined ? begin(chunk, at) : goOn(chunk, at, at);
    },
    end() {
      if (kind === "string") throw new Error("ends inside a text");
      if (kind === "plain") take(joined(Buffer.alloc(0)));
    },
  };
}

function endOfPlain(chunk: Buffer, look: number): number | undefined {
  for (let at = look; at < chunk.length; at += 1) {
    const byte = chunk[at] ?? 0;
    if (meaning[byte] !== undefined || byte === QUOTE) return at;
  }
  return undefined;
}
