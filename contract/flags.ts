import { nearest } from "./limits/message.ts";

/** What `parseArgs` refuses, as a sentence; of an unknown flag with the one of `known` that was probably meant. `of` says whose they are. */
export function flagRefusalText(error: unknown, known: readonly string[], of = ""): string {
  const { code, message } = error as { code?: string; message: string };
  const named = /'(--?[^' ]+)/.exec(message)?.[1];
  if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" || named === undefined) return message;
  const meant = nearest(named.replace(/^-+/, ""), known);
  return `unknown flag ${named}${of}${meant === undefined ? "" : `; did you mean --${meant}?`}`;
}
