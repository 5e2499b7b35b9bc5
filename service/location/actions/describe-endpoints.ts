import { describeEndpoints as published } from "../../../contract/location/endpoints.ts";
import { defineAction } from "../../core/kit/action.ts";

/**
 * Where a product is: always at the address by which the caller reached this service, whatever the product,
 * so that no client falls back to a host on the Internet.
 */
export const describeEndpoints = defineAction(published, (ctx, input) => ({
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
}));
