import { withRule } from "../../../contract/validation/refusal.ts";
import { concealSecrets, maskSecrets } from "../../schema/conceal.ts";
import type { CheckFailure, CheckResult, KnownIdentity, Properties } from "../resource.ts";
import type { Session } from "./session.ts";

/** Keeps what the program has marked as secret out of every refusal. */
export async function withoutSecretValues(
  failures: readonly CheckFailure[],
  inputs: Properties,
  { secrets = [] }: KnownIdentity,
): Promise<readonly CheckFailure[]> {
  if (failures.length === 0 || secrets.length === 0) return failures;
  // Knows the schemas of every kind, which a run without a refusal need not load.
  const { isDeclaredName } = await import("../../schema/names.ts");
  return failures.map((failure) => concealSecrets(failure, inputs, secrets, isDeclaredName));
}

/** A session whose messages hold no secret of the resource that is judged. */
export function withSafeLog(session: Session, inputs: Properties, { secrets = [] }: KnownIdentity): Session {
  if (secrets.length === 0) return session;
  const { log } = session;
  const safe = (message: string) => maskSecrets(message, inputs, secrets);
  return {
    ...session,
    log: {
      warn: (message, urn) => log.warn(safe(message), urn),
      info: (message, urn) => log.info(safe(message), urn),
      progress: (message, urn) => log.progress(safe(message), urn),
    },
  };
}

/**
 * What is left to refuse when the program has said some of it already. When nothing is, the resource passes, so that
 * the engine goes on to the next one, and the program fails the preview. Refused inputs are taken out then: the
 * engine would show them, and an unknown one may be a secret under a misspelt name.
 */
export function withoutRepeats(
  result: CheckResult,
  { said = [] }: KnownIdentity,
): CheckResult & { readonly passes: boolean } {
  // A property that the program has refused is not refused once more for what the service says of it.
  const isSaid = ({ reason, rule }: CheckFailure) => said.includes(withRule(reason, rule));
  const known = result.failures.filter(isSaid).map((one) => one.property);
  const failures = result.failures.filter(({ property }) => !known.includes(property));
  if (result.failures.length === 0 || failures.length > 0) return { ...result, failures, passes: false };
  const refused = new Set(result.failures.map(({ property }) => /^[^.[]*/.exec(property)?.[0]));
  const inputs = Object.fromEntries(Object.entries(result.inputs).filter(([key]) => !refused.has(key)));
  return { inputs, failures, passes: true };
}

/**
 * The engine prints the value of a property that a failure names, secrets too. A failure without a property is shown
 * by its reason alone, which is made to begin with the property.
 */
export function forEngine(result: CheckResult): CheckResult {
  const failures = result.failures.map(({ property, reason, rule }) => {
    const text = property === "" || reason.startsWith(property) ? reason : `${property} ${reason}`;
    return { property: "", reason: withRule(text, rule) };
  });
  return { ...result, failures };
}
