import { z } from "zod";
import { actionsOf } from "../action.ts";
import { optional, text } from "../params.ts";

const locationAction = actionsOf("location");

/** `SerivceCode` is spelled as the clients read it. */
export const describeEndpoints = locationAction({
  name: "DescribeEndpoints",
  kind: "read",
  summary: "Tells a client the address of a product in a region: always this service.",
  source: "not in the published metadata; as the infrastructure tools call and read it",
  coverage: "whole",
  testedBy: ["test/service/location/location.test.ts"],
  request: () =>
    z.object({
      /** The region. */
      Id: text(),
      ServiceCode: text(),
      Type: optional(text()),
    }),
  answer: {
    Endpoints: {
      Endpoint: [
        {
          Endpoint: "string",
          Id: "string",
          Namespace: "string",
          Protocols: { Protocols: ["string"] },
          SerivceCode: "string",
          Type: "string",
        },
      ],
    },
    RequestId: "string",
    Success: "boolean",
  },
});
