import { flagRefusalText } from "../../../contract/flags.ts";
import { UsageError } from "./environment-variables.ts";

/** What `parseArgs` refuses; see `flagRefusalText`. */
export function flagRefusal(error: unknown, known: readonly string[], of = ""): UsageError {
  return new UsageError(flagRefusalText(error, known, of));
}
