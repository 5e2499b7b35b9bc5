import { test } from "vitest";

/** Something outside this repository that a test cannot do without. */
export interface Need {
  /** What it is and how to get it, for example `java (apt install default-jre-headless)`. */
  name: string;
  available: boolean;
  /**
   * Whether a package registry has it (npm, PyPI, Maven, Debian, …). Then a machine that runs with CI=true is
   * expected to have it, and the test fails there instead of being left out.
   */
  offeredByRegistries: boolean;
}

/**
 * The `test` to use for what needs it: the real one where the need is met, else one that is skipped, or that fails
 * when CI=true and the registries offer what is missing. The need stands in the skipped test's title.
 */
export function needs(need: Need, env: NodeJS.ProcessEnv = process.env): typeof test {
  if (need.available) return test;
  const title = (name: string) => `${name} [needs ${need.name}]`;
  const stand = ((name: string) => {
    if (mustFail(need, env)) {
      test(title(name), () => {
        throw new Error(`${need.name} is missing on this machine, and the package registries offer it`);
      });
    } else test.skip(title(name), () => {});
  }) as typeof test;
  return stand;
}

/** Whether a missing need is a failure and not a reason to skip. */
export function mustFail(need: Need, env: NodeJS.ProcessEnv): boolean {
  return !need.available && need.offeredByRegistries && env.CI === "true";
}
