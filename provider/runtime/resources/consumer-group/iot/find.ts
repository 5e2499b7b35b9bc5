import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { groupNamed } from "./observe.ts";
import { workOn } from "./work.ts";

/** The id of the group that has this name. */
export async function findId(session: Session, query: Properties): Promise<string | undefined> {
  const { api, inputs } = workOn(session, query);
  return (await groupNamed(api, inputs.name))?.GroupId;
}
