/** The function of Pulumi's SDK that writes down where a promise was made. */
const WRITER = "debuggablePromise";

type PrepareStackTrace = NonNullable<typeof Error.prepareStackTrace>;

/**
 * Pulumi's SDK writes down where each promise of a resource was made, four for each property, and shows it to those alone
 * who look for promises that never settle (PULUMI_DEBUG_PROMISE_LEAKS). Behind the source maps that the SDK loads for
 * programs this takes more of a program's time than all else. Until the result is called these texts are left
 * empty, unless somebody looks for them; every other error is told as it would have been.
 */
export function quietPromiseTraces(environment: NodeJS.ProcessEnv = process.env): () => void {
  const before = Error.prepareStackTrace;
  // Without source maps, or what else somebody does with stacks, they cost next to nothing.
  if (before === undefined || environment.PULUMI_DEBUG_PROMISE_LEAKS) return () => {};
  const quiet: PrepareStackTrace = (error, sites) =>
    sites[0]?.getFunctionName() === WRITER ? "" : before(error, sites);
  Error.prepareStackTrace = quiet;
  return () => {
    // Whoever has set another one meanwhile keeps it.
    if (Error.prepareStackTrace === quiet) Error.prepareStackTrace = before;
  };
}
