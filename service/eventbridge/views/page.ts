import { tokenStart } from "../../core/kit/token-page.ts";
import { invalidArgument } from "../envelope.ts";

/** Where the page of a token begins; a token is refused when it is none that was given out. */
export function pageStart(token: string | undefined): number {
  const from = tokenStart(token);
  if (from === undefined) throw invalidArgument("NextToken is none that was given out", "NextToken");
  return from;
}
