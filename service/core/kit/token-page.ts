/** Where the page of a token begins; a token says how many items come before. Undefined for one that none is. */
export function tokenStart(token: string | undefined): number | undefined {
  const from = token === undefined ? 0 : Number(token);
  return Number.isSafeInteger(from) && from >= 0 ? from : undefined;
}

/** One page of a list, and the token of the next one when more follows. */
export function tokenPage<T>(
  all: readonly T[],
  from: number,
  size: number,
): { readonly items: readonly T[]; readonly next: string | undefined } {
  const end = from + size;
  return { items: all.slice(from, end), next: end < all.length ? String(end) : undefined };
}
