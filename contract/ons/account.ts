import { z } from "zod";
import { onsAction, outcome } from "./actions-of.ts";

/** What an account asks before it has an instance. */

export const openOnsService = onsAction({
  name: "OpenOnsService",
  kind: "write",
  summary: "Opens the service; it is open here.",
  coverage: "whole",
  request: () => z.object({}),
  answer: { ...outcome, OrderId: "string" },
});

export const onsRegionList = onsAction({
  name: "OnsRegionList",
  kind: "read",
  summary: "Lists the regions; here the one that the service stands for.",
  coverage: "whole",
  request: () => z.object({}),
  answer: {
    ...outcome,
    Data: {
      RegionDo: [
        {
          ChannelName: "string",
          CreateTime: "integer",
          Id: "integer",
          OnsRegionId: "string",
          RegionName: "string",
          UpdateTime: "integer",
        },
      ],
    },
  },
});
