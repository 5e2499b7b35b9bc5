import type { Group } from "../entities.ts";
import { isoText } from "./time.ts";

export function groupFields(group: Group) {
  return { GroupId: group.groupId, GroupName: group.name, CreateTime: isoText(group.createdAtMs) };
}
