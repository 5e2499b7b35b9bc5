import { type ChangeTrackingGroupInputs, changeTrackingGroup } from "../../../../schema/consumer-group.ts";
import { inputKeys } from "../../../../schema/marks.ts";
import type { Session } from "../../../host/session.ts";
import type { ObservedGroup } from "../../../observe/tracking-groups.ts";
import type { Properties } from "../../../resource.ts";
import { connectionOf } from "./connection.ts";

export const INPUT_KEYS = inputKeys(changeTrackingGroup);

/** Checked inputs, where name and region are filled in. */
export type GroupInputs = ChangeTrackingGroupInputs & { readonly region: string };

/** The region may be missing in what `.get()` hands over. */
export function groupInputs(session: Session, props: Properties): GroupInputs {
  return { region: session.settings.region, ...props } as unknown as GroupInputs;
}

/** The state: every input, so that a later diff and delete have all they need, and what was observed. */
export async function groupOutputs(
  session: Session,
  inputs: GroupInputs,
  group: ObservedGroup,
): Promise<Properties> {
  const connection = await connectionOf(session, inputs, group);
  const { id: groupId, name, account, status } = group;
  return { ...inputs, name, account, groupId, status, ...(connection === undefined ? {} : { connection }) };
}
