import type { Session } from "../../../host/session.ts";
import { isInstanceGone } from "../../../observe/instance.ts";
import { listGroupsShared, type ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { Properties, ReadResult } from "../../../resource.ts";
import { pick } from "../../shared/inputs.ts";
import { groupInputs, groupOutputs, INPUT_KEYS } from "./inputs.ts";

const GONE: ReadResult = { id: "", props: {} };

/** The group as it is now; what was changed by hand comes back as inputs, so that the next preview is exact. */
export async function readGroup(session: Session, id: string, props: Properties): Promise<ReadResult> {
  const inputs = groupInputs(session, props);
  const group = await findGroup(session, inputs, id);
  if (group === undefined) return GONE;
  const outputs = await groupOutputs(session, inputs, group);
  return { id, props: outputs, inputs: pick(outputs, INPUT_KEYS) };
}

async function findGroup(
  session: Session,
  place: { readonly region: string; readonly instance: string },
  id: string,
): Promise<ObservedGroup | undefined> {
  try {
    return (await listGroupsShared(session, place)).find((one) => one.id === id);
  } catch (error) {
    if (isInstanceGone(error)) return undefined;
    throw error;
  }
}
