import { z } from "zod";
import { host } from "../limits/dts.ts";
import { once } from "../once.ts";
import { integer, jsonText, text } from "../params.ts";
import { eventbridgeAction, METADATA, outcome } from "./actions-of.ts";
import { commonParams } from "./params.ts";
import { patternParam } from "./stream-definition.ts";

/** Trying a pattern or a source before a stream uses it. */

const published = {
  source: METADATA,
  testedBy: ["test/service/eventbridge/clients.test.ts", "test/service/eventbridge/limits.test.ts"],
} as const;

export const testEventPattern = eventbridgeAction({
  ...published,
  name: "TestEventPattern",
  kind: "read",
  summary: "Says whether an event matches an event pattern.",
  coverage: "whole",
  request: () =>
    z.object({
      ...commonParams(),
      Event: jsonText(z.record(z.string(), z.unknown(), { error: "must be a JSON object" })),
      EventPattern: text(patternParam()),
    }),
  answer: { ...outcome, Data: { Result: "boolean" } },
});

const mysqlSource = once(() =>
  z.looseObject(
    { HostName: host, Port: integer({ min: 1, max: 65_535 }) },
    { error: "must be a JSON object" },
  ),
);

export const testEventSourceConfig = eventbridgeAction({
  ...published,
  name: "TestEventSourceConfig",
  // It makes the service connect to where the caller says, which is more than looking.
  kind: "write",
  summary: "Says whether an event source can be reached.",
  coverage: { missing: "connects to the address; user, password and tables are not looked at" },
  testedBy: ["test/service/eventbridge/clients.test.ts", "test/service/eventbridge/odd-values.test.ts"],
  request: () => z.object({ ...commonParams(), SourceMySQLParameters: jsonText(mysqlSource()) }),
  answer: { ...outcome, Data: [{ CheckItem: "string", ErrorMsg: "string", IsSucceed: "string" }] },
});
