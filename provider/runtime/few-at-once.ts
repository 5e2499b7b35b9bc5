/** Looks that are under way together; the cloud allows few calls a second. */
const LOOKS_AT_ONCE = 4;

/** What `look` finds of each, in their order; only few looks are under way together. */
export async function fewAtOnce<T, R>(all: readonly T[], look: (one: T) => Promise<R>): Promise<R[]> {
  const found: R[] = [];
  const waiting = all.entries();
  const lookOn = async () => {
    for (const [at, one] of waiting) found[at] = await look(one);
  };
  await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, lookOn));
  return found;
}
