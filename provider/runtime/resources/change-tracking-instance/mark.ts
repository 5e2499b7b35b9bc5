import { DtsApi } from "../../api/dts.ts";
import type { Session } from "../../host/session.ts";
import { isInstanceGone } from "../../observe/instance.ts";
import type { Mark, Properties } from "../../resource.ts";
import { type Marked, readMark, removeMark, writeMark } from "../shared/instance-tags.ts";
import { instanceInputs } from "./inputs.ts";

/** A tag that reads leave out and `tags` leaves alone. */
export const instanceMark: Mark = {
  write: (session, id, props, word) => writeMark(marked(session, id, props), word),
  read: (session, id, props) =>
    readMark(marked(session, id, props)).catch((error) => {
      if (isInstanceGone(error)) return undefined;
      throw error;
    }),
  // With the instance its tags are gone; another resource of the run may have it.
  remove: (session, id, props) => removeMark(marked(session, id, props)),
};

function marked(session: Session, instanceId: string, props: Properties): Marked {
  return { api: new DtsApi(session.api, instanceInputs(session, props).region), instanceId };
}
