import { z } from "zod";
import { optional, text } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";

/**
 * Where a product is: always at the address by which the caller reached this service, whatever the product,
 * so that no client falls back to a host on the Internet. `SerivceCode` is spelled as the clients read it.
 * Not in the published metadata; the shape is what the infrastructure tools accept.
 */
export const describeEndpoints = defineAction({
  name: "DescribeEndpoints",
  kind: "read",
  summary: "Tells a client the address of a product in a region: always this service.",
  request: z.object({
    /** The region. */
    Id: text(),
    ServiceCode: text(),
    Type: optional(text()),
  }),
  handler: (ctx, input) => ({
    Endpoints: {
      Endpoint: [
        {
          Endpoint: ctx.host,
          Id: input.Id,
          SerivceCode: input.ServiceCode,
          Type: input.Type ?? "openAPI",
          Namespace: "",
          Protocols: { Protocols: ["HTTP", "HTTPS"] },
        },
      ],
    },
  }),
});
