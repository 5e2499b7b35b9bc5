/*
 * DescribeConnectionStatus, version 2020-01-01: says whether something listens where a source and a destination are
 * said to be. Change tracking has no destination; the published action demands its kind all the same.
 */
import { z } from "zod";
import { commonParams } from "../../../contract/dts/params.ts";
import { holds } from "../../../contract/limits/condition.ts";
import { host, resourceId } from "../../../contract/limits/dts.ts";
import { connectionConditions, endInstanceType } from "../../../contract/limits/dts-connection.ts";
import { integer, optional, text, withDefault } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { connectionStatus } from "../engine/connection.ts";
import { targetOf } from "../engine/source.ts";

const portNumber = integer({ min: 1, max: 65_535 });

export const describeConnectionStatus = defineAction({
  name: "DescribeConnectionStatus",
  // It makes the service connect to where the caller says, which is more than looking.
  kind: "write",
  summary: "Says whether a source and a destination can be reached.",
  partial: "connects to the address; accounts, passwords and databases are not looked at",
  request: z
    .object({
      ...commonParams,
      SourceEndpointInstanceType: text(endInstanceType),
      SourceEndpointInstanceID: withDefault(text(resourceId), ""),
      SourceEndpointEngineName: withDefault(text(), "MySQL"),
      SourceEndpointIP: optional(text(host)),
      SourceEndpointPort: optional(portNumber),
      DestinationEndpointInstanceType: text(endInstanceType),
      DestinationEndpointInstanceID: withDefault(text(resourceId), ""),
      DestinationEndpointEngineName: withDefault(text(), "MySQL"),
      DestinationEndpointIP: optional(text(host)),
      DestinationEndpointPort: optional(portNumber),
    })
    .superRefine(holds(connectionConditions)),
  async handler(ctx, input) {
    const tried = (engineName: string, instanceId: string, address = "", port?: number) => {
      const end = { engineName, instanceId, host: address, port: String(port ?? "") };
      return connectionStatus(ctx, targetOf(end, ctx.settings), instanceId);
    };
    const [SourceConnectionStatus, DestinationConnectionStatus] = await Promise.all([
      tried(
        input.SourceEndpointEngineName,
        input.SourceEndpointInstanceID,
        input.SourceEndpointIP,
        input.SourceEndpointPort,
      ),
      tried(
        input.DestinationEndpointEngineName,
        input.DestinationEndpointInstanceID,
        input.DestinationEndpointIP,
        input.DestinationEndpointPort,
      ),
    ]);
    return { SourceConnectionStatus, DestinationConnectionStatus };
  },
});
