import { withRule } from "../../../contract/validation/refusal.ts";
import type { Properties } from "../resource.ts";
import { splitInputs } from "./identity.ts";
import { loadKind } from "./kinds.ts";
import { withoutSecretValues } from "./refusals.ts";
import { makeSession, type Session } from "./session.ts";
import type { ReadConfig } from "./settings.ts";

/** Resources of one run are judged together; a process of the Automation API has several runs. */
const sessions = new WeakMap<object, Session>();

/** The check of a resource in the program's own process: by its plain inputs, without the state and the service. */
export async function refusalsInProgram(
  run: object,
  read: ReadConfig,
  kind: string,
  news: Properties,
): Promise<string[]> {
  const session = sessions.get(run) ?? makeSession({ read, isOffline: true });
  sessions.set(run, session);
  const { identity, inputs } = splitInputs(news);
  const result = await (await loadKind(kind)).check(session, identity, {}, inputs);
  const failures = await withoutSecretValues(result.failures, result.inputs, identity);
  return failures.map(({ reason, rule }) => withRule(reason, rule));
}
