import { DtsApi } from "../../api/dts.ts";
import { isEqual } from "../../equal.ts";
import type { Session } from "../../host/session.ts";
import type { Properties } from "../../resource.ts";
import { deadlineMs } from "../shared/timeouts.ts";
import { converge } from "./converge.ts";
import { instanceInputs, instanceOutputs } from "./inputs.ts";

/** Changes in place what differs, and mends an instance whose creation was not finished. */
export async function updateInstance(
  session: Session,
  id: string,
  olds: Properties,
  news: Properties,
): Promise<Properties> {
  const given = instanceInputs(session, news);
  // Tags that were given and are not any more are taken off.
  const inputs = given.tags === undefined && olds.tags !== undefined ? { ...given, tags: {} } : given;
  const observed = await converge(session, new DtsApi(session.api, inputs.region), {
    instanceId: id,
    jobId: typeof olds.jobId === "string" ? olds.jobId : id.replace(/^dts/, ""),
    inputs,
    untilMs: deadlineMs(session, news, "update"),
    isPasswordNew: !isEqual(accountOf(olds), accountOf(news)),
  });
  session.memory.hold(id);
  return instanceOutputs(given, observed);
}

function accountOf(props: Properties): unknown {
  const { user, password } = (props.source ?? {}) as Properties;
  return { user, password };
}
