import { describeConnectionStatus as published } from "../../../contract/dts/connections.ts";
import { defineAction } from "../../core/kit/action.ts";
import { connectionStatus } from "../engine/connection.ts";
import { targetOf } from "../engine/source.ts";

export const describeConnectionStatus = defineAction(published, async (ctx, input) => {
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
});
