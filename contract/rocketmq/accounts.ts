import { z } from "zod";
import { oneOf } from "../limits/text.ts";
import { optional, text } from "../params.ts";
import { deniable, done, outcome, page, rocketmqAction } from "./actions-of.ts";
import { accountParams, changedRemark, instanceParams, pageParams } from "./params.ts";

/** Accounts that clients of an instance use. Their rights are in `acls.ts`. */

const ACCOUNTS = "/instances/{instanceId}/accounts";
const answer = { ...done, ...deniable } as const;

export const createInstanceAccount = rocketmqAction({
  name: "CreateInstanceAccount",
  kind: "write",
  summary: "Adds an account to an instance.",
  coverage: "whole",
  route: { method: "POST", path: ACCOUNTS },
  request: () => z.object({ ...accountParams(), password: text(), remark: optional(text()) }),
  answer,
});

export const updateInstanceAccount = rocketmqAction({
  name: "UpdateInstanceAccount",
  kind: "write",
  summary: "Changes password, status or remark of an account.",
  coverage: "whole",
  route: { method: "PATCH", path: `${ACCOUNTS}/{username}` },
  request: () =>
    z.object({
      ...accountParams(),
      password: optional(text()),
      accountStatus: optional(text(oneOf(["ENABLE", "DISABLE"]))),
      remark: changedRemark(),
    }),
  answer,
});

export const deleteInstanceAccount = rocketmqAction({
  name: "DeleteInstanceAccount",
  kind: "write",
  summary: "Deletes an account with its rights.",
  coverage: "whole",
  route: { method: "DELETE", path: `${ACCOUNTS}/{username}` },
  request: () => z.object(accountParams()),
  answer,
});

/** Without a user name the account that came with the instance. */
export const getInstanceAccount = rocketmqAction({
  name: "GetInstanceAccount",
  kind: "read",
  summary: "Shows an account of an instance, with its password.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/account" },
  request: () => z.object({ ...instanceParams(), username: optional(text()) }),
  answer: {
    ...outcome,
    data: { accountStatus: "string", password: "string", remark: "string", username: "string" },
  },
});

export const listInstanceAccount = rocketmqAction({
  name: "ListInstanceAccount",
  kind: "read",
  summary: "Lists the accounts of an instance, without passwords.",
  coverage: "whole",
  route: { method: "GET", path: ACCOUNTS },
  request: () =>
    z.object({
      ...instanceParams(),
      username: optional(text()),
      accountStatus: optional(text()),
      accountType: optional(text()),
      ...pageParams({ min: 1, max: 100 }),
    }),
  answer: {
    ...deniable,
    data: {
      ...page,
      list: [
        {
          accountStatus: "string",
          accountType: "string",
          instanceId: "string",
          regionId: "string",
          remark: "string",
          username: "string",
        },
      ],
    },
  },
});
