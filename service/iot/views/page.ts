interface Page<T> {
  readonly items: readonly T[];
  readonly fields: {
    readonly CurrentPage: number;
    readonly PageSize: number;
    readonly PageCount: number;
    readonly Total: number;
  };
}

/** One page of a list, with the fields that say which. */
export function pageOf<T>(all: readonly T[], CurrentPage: number, PageSize: number): Page<T> {
  const from = (CurrentPage - 1) * PageSize;
  return {
    items: all.slice(from, from + PageSize),
    fields: { CurrentPage, PageSize, PageCount: Math.ceil(all.length / PageSize), Total: all.length },
  };
}
