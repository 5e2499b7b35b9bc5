import { CMS_ERRORS } from "../../../../contract/errors/index.ts";
import { hasCode } from "../../api/errors.ts";
import type { Session } from "../../host/session.ts";
import { waitUntil } from "../../host/wait.ts";
import { noteDeleted } from "../../observe/alert-rules.ts";
import type { Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { contextOf, findRule } from "./context.ts";

/** Deletes the rule; its targets go with it. What is gone already is a success. */
export async function deleteRule(session: Session, id: string, props: Properties): Promise<void> {
  const { api, inputs, urn } = contextOf(session, props);
  if (session.memory.isHeld(id)) {
    session.log.info(`the alert rule "${inputs.name}" (${id}) stays: another resource has taken it over`);
    return;
  }
  try {
    await api.deleteRule(id);
  } catch (error) {
    if (!hasCode(error, CMS_ERRORS.ResourceNotFound.code)) throw error;
  }
  noteDeleted(session, id);
  await waitUntil({
    clock: session.clock,
    log: session.log,
    urn,
    untilMs: deadlineMs(session, props, "delete"),
    what: `alert rule "${inputs.name}" (${id}) to be gone`,
    look: () => findRule(api, id),
    isDone: (rule) => rule === undefined,
    describe: () => "still listed",
    advice: "Run again when it is, or raise timeouts.",
  });
}
