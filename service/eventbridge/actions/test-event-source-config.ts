import { testEventSourceConfig as published } from "../../../contract/eventbridge/trials.ts";
import { defineAction } from "../../core/kit/action.ts";
import { connectFailure } from "../engine/connect.ts";

/** Says whether something listens where a MySQL source is said to be. */
export const testEventSourceConfig = defineAction(published, async (ctx, input) => {
  const { HostName, Port } = input.SourceMySQLParameters;
  const failure = await connectFailure(ctx.settings, HostName, Port);
  return {
    Data: [
      {
        CheckItem: "CHECK_CONNECTION",
        ErrorMsg:
          failure === undefined
            ? "Connection established successfully."
            : `Cannot connect to ${HostName}:${Port}: ${failure}.`,
        IsSucceed: String(failure === undefined),
      },
    ],
  };
});
