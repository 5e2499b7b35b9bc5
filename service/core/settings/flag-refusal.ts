import { nearest } from "../../../contract/limits/message.ts";
import { UsageError } from "./environment-variables.ts";

/** What `parseArgs` refuses; of an unknown flag with the one of `known` that was probably meant. `of` says whose they are. */
export function flagRefusal(error: unknown, known: readonly string[], of = ""): UsageError {
  const { code, message } = error as { code?: string; message: string };
  const named = /'(--?[^' ]+)/.exec(message)?.[1];
  if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" || named === undefined) return new UsageError(message);
  const meant = nearest(named.replace(/^-+/, ""), known);
  return new UsageError(
    `unknown flag ${named}${of}${meant === undefined ? "" : `; did you mean --${meant}?`}`,
  );
}
