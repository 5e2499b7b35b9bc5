import { z } from "zod";
import { addressBlock } from "../limits/address.ts";
import { optional, text } from "../params.ts";
import { deniable, done, outcome, page, rocketmqAction } from "./actions-of.ts";
import { instanceParams, pageParams, words } from "./params.ts";

/** Addresses that may connect to an instance. */

const PATH = "/instances/{instanceId}/ip/whitelist";
const answer = { ...done, ...deniable } as const;

/** Adds all or none. */
export const createInstanceIpWhitelist = rocketmqAction({
  name: "CreateInstanceIpWhitelist",
  kind: "write",
  summary: "Adds addresses that may connect to an instance.",
  coverage: "whole",
  route: { method: "POST", path: PATH },
  request: () => z.object({ ...instanceParams(), ipWhitelists: words({ min: 1, max: 100 }, addressBlock) }),
  answer,
});

/** Takes off all or none. */
export const deleteInstanceIpWhitelist = rocketmqAction({
  name: "DeleteInstanceIpWhitelist",
  kind: "write",
  summary: "Takes addresses off the white list of an instance.",
  coverage: "whole",
  route: { method: "DELETE", path: PATH },
  request: () =>
    z.object({
      ...instanceParams(),
      ipWhitelist: optional(text()),
      ipWhitelists: optional(words({ max: 100 })),
    }),
  answer,
});

export const getInstanceIpWhitelist = rocketmqAction({
  name: "GetInstanceIpWhitelist",
  kind: "read",
  summary: "Shows the white list of an instance, or whether addresses are in it.",
  coverage: "whole",
  route: { method: "GET", path: "/instances/{instanceId}/ip/whitelists" },
  request: () => z.object({ ...instanceParams(), ipWhitelists: optional(words({ max: 100 })) }),
  answer: { ...outcome, data: { instanceId: "string", ipWhitelists: ["string"], regionId: "string" } },
});

export const listInstanceIpWhitelist = rocketmqAction({
  name: "ListInstanceIpWhitelist",
  kind: "read",
  summary: "Lists the white list of an instance by pages.",
  coverage: "whole",
  route: { method: "GET", path: PATH },
  request: () =>
    z.object({
      ...instanceParams(),
      ipWhitelist: optional(text()),
      ...pageParams({ min: 1, max: 100 }),
    }),
  answer: { ...deniable, data: { ...page, list: ["string"] } },
});
