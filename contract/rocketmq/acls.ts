import { z } from "zod";
import { addressBlock } from "../limits/address.ts";
import { holds } from "../limits/condition.ts";
import { shown } from "../limits/message.ts";
import { oneOf } from "../limits/text.ts";
import { once } from "../once.ts";
import { optional, text } from "../params.ts";
import { deniable, done, outcome, page, rocketmqAction } from "./actions-of.ts";
import { accountParams, instanceParams, pageParams, words } from "./params.ts";

/** Rights of accounts on topics and groups. */

const PATH = "/instances/{instanceId}/acl/account/{username}";

/** What a right can allow, by what it is on. */
const ACTIONS: Readonly<Record<"Topic" | "Group", readonly string[]>> = {
  Topic: ["Pub", "Sub", "Pub|Sub"],
  Group: ["Sub"],
};

const aclParams = once(() => ({
  ...accountParams(),
  resourceType: text(oneOf(["Topic", "Group"])),
  resourceName: text(),
}));
const aclDecision = once(() => oneOf(["Allow", "Deny"]));

/** A right allows only what there is on a resource of its type. */
const holdsAcl = holds<{
  readonly resourceType: keyof typeof ACTIONS;
  readonly actions?: readonly string[] | undefined;
}>(({ resourceType: type, actions = [] }) => {
  const allowed = ACTIONS[type];
  const other = actions.find((action) => !allowed.includes(action));
  if (other === undefined) return [];
  return [
    { at: ["actions"], text: `must hold only ${allowed.join(", ")} for a ${type}, got ${shown(other)}` },
  ];
});

const answer = { ...done, ...deniable } as const;

const acl = {
  aclType: "string",
  actions: ["string"],
  decision: "string",
  instanceId: "string",
  ipWhitelists: ["string"],
  regionId: "string",
  resourceName: "string",
  resourceType: "string",
  username: "string",
} as const;

export const createInstanceAcl = rocketmqAction({
  name: "CreateInstanceAcl",
  kind: "write",
  summary: "Gives an account a right on a topic or group.",
  coverage: "whole",
  route: { method: "POST", path: PATH },
  request: () =>
    z
      .object({
        ...aclParams(),
        actions: words({ min: 1, max: 2 }),
        decision: text(aclDecision()),
        ipWhitelists: optional(words({}, addressBlock)),
      })
      .superRefine(holdsAcl),
  answer,
});

export const updateInstanceAcl = rocketmqAction({
  name: "UpdateInstanceAcl",
  kind: "write",
  summary: "Changes a right of an account.",
  coverage: "whole",
  route: { method: "PATCH", path: PATH },
  request: () =>
    z
      .object({
        ...aclParams(),
        actions: optional(words({ max: 2 })),
        decision: optional(text(aclDecision())),
        ipWhitelists: optional(words({}, addressBlock)),
      })
      .superRefine(holdsAcl),
  answer,
});

export const deleteInstanceAcl = rocketmqAction({
  name: "DeleteInstanceAcl",
  kind: "write",
  summary: "Takes a right from an account.",
  coverage: "whole",
  route: { method: "DELETE", path: PATH },
  request: () => z.object(aclParams()),
  answer,
});

export const getInstanceAcl = rocketmqAction({
  name: "GetInstanceAcl",
  kind: "read",
  summary: "Shows a right of an account.",
  coverage: "whole",
  route: { method: "GET", path: PATH },
  request: () => z.object(aclParams()),
  answer: { ...outcome, data: acl },
});

export const listInstanceAcl = rocketmqAction({
  name: "ListInstanceAcl",
  kind: "read",
  summary: "Lists the rights of the accounts of an instance.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/acl" },
  request: () =>
    z.object({ ...instanceParams(), filter: optional(text()), ...pageParams({ min: 1, max: 100 }) }),
  answer: { ...deniable, data: { ...page, list: [acl] } },
});
