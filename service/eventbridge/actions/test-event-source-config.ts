/* TestEventSourceConfig, version 2020-04-01: says whether something listens where a MySQL source is said to be. */
import { z } from "zod";
import { host } from "../../../contract/limits/dts.ts";
import { integer, jsonText } from "../../../contract/params.ts";
import { defineAction } from "../../core/kit/action.ts";
import { connectFailure } from "../engine/connect.ts";
import { commonParams } from "../params.ts";

const mysqlSource = z.looseObject(
  { HostName: host, Port: integer({ min: 1, max: 65_535 }) },
  { error: "must be a JSON object" },
);

export const testEventSourceConfig = defineAction({
  name: "TestEventSourceConfig",
  // It makes the service connect to where the caller says, which is more than looking.
  kind: "write",
  summary: "Says whether an event source can be reached.",
  partial: "connects to the address; user, password and tables are not looked at",
  request: z.object({ ...commonParams, SourceMySQLParameters: jsonText(mysqlSource) }),
  async handler(ctx, input) {
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
  },
});
