import { isEqual } from "../equal.ts";
import type { CheckFailure, CheckResult, Properties } from "../resource.ts";
import { silenceQuestions } from "./ask.ts";
import { misspelledSettings } from "./misspelled.ts";
import { isNobodyThere, productOf, wayProblem } from "./probe.ts";
import { judgeRegion } from "./regions.ts";
import type { Session } from "./session.ts";

/* What a preview says of the run's surroundings: the way to the service, the keys, the region, the settings. */

/** Asked before a resource is judged, because its check may want to ask the service more. */
export async function lookAround(
  session: Session,
  kind: string,
  news: Properties,
): Promise<string | undefined> {
  const problem = await wayProblem(session, productOf(kind, news), news.region);
  if (problem !== undefined) silenceQuestions(session);
  return problem;
}

/**
 * A broken way fails the check of the first resource that is to be made or changed, and is a warning while nothing
 * changes: the engine checks every resource that the program has, whether or not it goes on to do something. It is a warning
 * too where the program starts the service: a preview starts nothing, and a run that has started it finds it.
 */
export function failuresOfSurroundings(
  session: Session,
  kind: string,
  problem: string | undefined,
  [olds, news]: readonly [Properties, Properties],
  { inputs, failures }: CheckResult,
  self: string | undefined,
): readonly CheckFailure[] {
  if (failures.length > 0) return [];
  const { isLoopback } = session.settings.endpointOf(productOf(kind, inputs), session.settings.region);
  const region = judgeRegion(session.settings, isLoopback, olds, inputs, news.region);
  if (region?.kind === "refuse") return [region.failure];
  if (region !== undefined && session.memory.isNew(`region ${self} ${region.failure.reason}`)) {
    session.log.warn([region.failure.property, region.failure.reason].join(" ").trim(), self);
  }
  if (problem === undefined) return [];
  const mayCome = session.settings.isServiceInProgram && isNobodyThere(problem);
  const isWarning = mayCome || isEqual(olds, inputs);
  if (!session.memory.isNew(`way ${isWarning} ${problem}`)) return [];
  if (!isWarning) return [{ property: "", reason: problem }];
  session.log.warn(mayCome ? `${problem} (changetracking:serviceInProgram)` : problem, self);
  return [];
}

/** Said once in a run. */
export function warnOfMisspelled(
  session: Session,
  configured: readonly string[],
  project: string | undefined,
): void {
  if (!session.memory.isNew("misspelled")) return;
  for (const message of misspelledSettings(configured, Object.keys(process.env), project))
    session.log.warn(message);
}
