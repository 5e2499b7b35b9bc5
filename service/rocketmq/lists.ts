/** Whether one of the strings holds what a list is filtered by. */
export function matches(filter: string | undefined, ...texts: readonly string[]): boolean {
  return filter === undefined || texts.some((one) => one.includes(filter));
}

/** One page of what was found. */
export function pageOf<T, View>(
  found: readonly T[],
  { pageNumber, pageSize }: { readonly pageNumber: number; readonly pageSize: number },
  view: (one: T) => View,
) {
  const from = (pageNumber - 1) * pageSize;
  return {
    pageNumber,
    pageSize,
    totalCount: found.length,
    list: found.slice(from, from + pageSize).map(view),
  };
}
