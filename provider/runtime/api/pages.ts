/**
 * All items of a list that comes by numbered pages: one that is not full is the last. `pagesMax` is a bound against a
 * service that never says the list is at its end.
 */
export async function readPages<T>(
  pageSize: number,
  pagesMax: number,
  read: (page: number) => Promise<readonly T[] | undefined>,
): Promise<T[]> {
  const all: T[] = [];
  for (let page = 1; page <= pagesMax; page += 1) {
    const items = (await read(page)) ?? [];
    all.push(...items);
    if (items.length < pageSize) break;
  }
  return all;
}
