/**
 * How many random cases a property gets: few enough for every `npm test`, and new ones each time.
 * AGREEMENT_TIMES=10 asks for ten times as many.
 */
export function runsOf(count: number): number {
  return Math.ceil(count * Number(process.env.AGREEMENT_TIMES ?? 1));
}
