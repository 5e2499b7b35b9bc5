import { DtsApi } from "../../../api/dts.ts";
import type { Session } from "../../../host/session.ts";
import { isInstanceGone } from "../../../observe/instance.ts";
import type { Mark, Properties } from "../../../resource.ts";
import { listTags, type Marked, markKey, removeMark, writeMark } from "../../shared/instance-tags.ts";
import { groupInputs } from "./inputs.ts";

/** One list serves the groups of an instance that are deleted together. */
const LIST_MS_MAX = 5_000;

/** A group has no tags of its own, so its instance has one for it. */
export const groupMark: Mark = {
  async write(session, id, props, word) {
    await writeMark(marked(session, id, props), word);
    session.memory.forget(cacheKey(session, props));
  },
  async read(session, id, props) {
    const one = marked(session, id, props);
    const list = () => listTags(one.api, one.instanceId);
    const age = { clock: session.clock, ageMsMax: LIST_MS_MAX };
    try {
      return (await session.memory.once(cacheKey(session, props), list, { age })).marks[markKey(one)];
    } catch (error) {
      if (isInstanceGone(error)) return undefined;
      throw error;
    }
  },
  remove: (session, id, props) => removeMark(marked(session, id, props)),
};

function marked(session: Session, groupId: string, props: Properties): Marked {
  const { region, instance } = groupInputs(session, props);
  return { api: new DtsApi(session.api, region), instanceId: instance, groupId };
}

function cacheKey(session: Session, props: Properties): string {
  const { region, instance } = groupInputs(session, props);
  return `marks ${region} ${instance}`;
}
