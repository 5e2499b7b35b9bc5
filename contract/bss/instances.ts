import { z } from "zod";
import { actionsOf } from "../action.ts";
import { oneOf } from "../limits/text.ts";
import { csv, integer, optional, text, withDefault } from "../params.ts";

/** What was bought, and how it is renewed. */

const bssAction = actionsOf("bss");

const published = {
  source: "published metadata of BSS OpenAPI, version 2017-12-14; answers as infrastructure tools read them",
  testedBy: ["test/service/bss/bss.test.ts"],
} as const;

const outcome = { Code: "string", Message: "string", RequestId: "string", Success: "boolean" } as const;

export const queryAvailableInstances = bssAction({
  ...published,
  name: "QueryAvailableInstances",
  kind: "read",
  summary: "Lists what was bought and how it is renewed.",
  coverage: { missing: "Instances of message queues only; the time ranges are not judged." },
  request: () =>
    z.object({
      Region: optional(text()),
      ProductCode: optional(text()),
      ProductType: optional(text()),
      SubscriptionType: optional(text()),
      RenewStatus: optional(text()),
      InstanceIDs: optional(csv({ max: 100 })),
      PageNum: withDefault(integer({ min: 1 }), 1),
      PageSize: withDefault(integer({ min: 1, max: 300 }), 20),
    }),
  answer: {
    ...outcome,
    Data: {
      InstanceList: [
        {
          CreateTime: "string",
          EndTime: "string",
          InstanceID: "string",
          OwnerId: "integer",
          ProductCode: "string",
          Region: "string",
          RenewStatus: "string",
          RenewalDuration: "integer",
          RenewalDurationUnit: "string",
          Status: "string",
          SubscriptionType: "string",
        },
      ],
      PageNum: "integer",
      PageSize: "integer",
      TotalCount: "integer",
    },
  },
});

const months = [1, 2, 3, 6, 12];

/** All instances or none. */
export const setRenewal = bssAction({
  ...published,
  name: "SetRenewal",
  kind: "write",
  summary: "Sets how instances are renewed.",
  coverage: { missing: "Instances of message queues only." },
  request: () =>
    z.object({
      InstanceIDs: csv({ min: 1, max: 100 }),
      ProductCode: text(),
      ProductType: optional(text()),
      SubscriptionType: optional(text()),
      RenewalStatus: text(oneOf(["AutoRenewal", "ManualRenewal", "NotRenewal"])),
      RenewalPeriod: optional(
        integer({ min: 0 }).refine((period) => period === 0 || months.includes(period), {
          error: `must be one of ${months.join(", ")}`,
        }),
      ),
      RenewalPeriodUnit: optional(text(oneOf(["M", "Y"]))),
    }),
  answer: outcome,
});
