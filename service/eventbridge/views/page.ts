import { invalidArgument } from "../envelope.ts";

/** Cuts a page out of a list. NextToken is there only when more follows. */
type Page = <T>(all: readonly T[]) => {
  readonly items: readonly T[];
  readonly next: { readonly NextToken?: string };
};

/** The page at a token, which is refused when it is none that was given out. */
export function pageFrom(token: string | undefined, size: number): Page {
  const from = token === undefined ? 0 : Number(token);
  if (!Number.isSafeInteger(from) || from < 0) {
    throw invalidArgument("NextToken is none that was given out", "NextToken");
  }
  const end = from + size;
  return (all) => ({
    items: all.slice(from, end),
    next: end < all.length ? { NextToken: String(end) } : {},
  });
}
