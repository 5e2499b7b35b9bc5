/** One page of what was found, with the fields that say which it is. `number` counts from 1. */
export function pageOf<T>(found: readonly T[], number: number, size: number) {
  const shown = found.slice((number - 1) * size, number * size);
  return {
    shown,
    page: { PageNumber: number, PageRecordCount: shown.length, TotalRecordCount: found.length },
  };
}
