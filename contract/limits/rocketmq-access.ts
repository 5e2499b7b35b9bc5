import { holds } from "./condition.ts";
import { shown } from "./message.ts";
import { oneOf } from "./text.ts";

/** What a right of an account is on, and what it can allow there (CreateInstanceAcl). */
export const ACL_ACTIONS = {
  Topic: ["Pub", "Sub", "Pub|Sub"],
  Group: ["Sub"],
} as const;
export type AclResourceType = keyof typeof ACL_ACTIONS;

export const aclResourceType = oneOf(Object.keys(ACL_ACTIONS) as [AclResourceType, ...AclResourceType[]]);
export const aclDecision = oneOf(["Allow", "Deny"]);

/** For `superRefine`: a right allows only what there is on a resource of its kind. */
export const holdsAcl = holds<{
  readonly resourceType: AclResourceType;
  readonly actions?: readonly string[] | undefined;
}>(({ resourceType: type, actions = [] }) => {
  const allowed: readonly string[] = ACL_ACTIONS[type];
  const other = actions.find((action) => !allowed.includes(action));
  if (other === undefined) return [];
  return [
    { at: ["actions"], text: `must hold only ${allowed.join(", ")} for a ${type}, got ${shown(other)}` },
  ];
});
