/** One page of a list, counted from 1. */
export function pageOf<T>(all: readonly T[], page: number, size: number): readonly T[] {
  return all.slice((page - 1) * size, page * size);
}
