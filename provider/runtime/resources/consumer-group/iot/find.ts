import type { Session } from "../../../host/session.ts";
import type { Properties } from "../../../resource.ts";
import { contextOf } from "./context.ts";
import { groupNamed } from "./observe.ts";

/** The id of the group that has this name. */
export async function findId(session: Session, query: Properties): Promise<string | undefined> {
  const { api, inputs } = contextOf(session, query);
  return (await groupNamed(api, inputs.name))?.GroupId;
}
