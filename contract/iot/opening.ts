import { z } from "zod";
import { iotAction, METADATA } from "./actions-of.ts";

/** Published without Success. */
export const openIotService = iotAction({
  name: "OpenIotService",
  kind: "write",
  summary: "Opens the service; it is open here.",
  source: METADATA,
  coverage: "whole",
  testedBy: ["test/service/iot/clients.test.ts"],
  request: () => z.object({}),
  answer: { OrderId: "string", RequestId: "string" },
});
