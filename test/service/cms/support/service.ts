import { cmsRoom } from "../../../../service/cms/index.ts";
import type { FiguresPort } from "../../../../service/core/kit/ports.ts";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { type Answer, type Caller, callerOf, type Refused } from "./clients.ts";

export interface CmsService {
  readonly service: TestService;
  /** The typed SDK. */
  readonly call: Caller;
  /** The generic client, which also sends what the SDK has no field for. */
  readonly any: Caller;
  stop(): Promise<void>;
}

/** The real server with this room, in this process; each of `figures` stands for a room that measures. */
export async function startCms(
  options: Omit<StartOptions, "rooms" | "asProcess"> & { figures?: readonly FiguresPort[] } = {},
): Promise<CmsService> {
  const { figures = [], ...start } = options;
  const service = await startService({ ...start, rooms: [cmsRoom, ...figures.map(measuringRoom)] });
  return {
    service,
    call: callerOf("SDK V3", service.url),
    any: callerOf("pop-core POST", service.url),
    stop: () => service.stop(),
  };
}

function measuringRoom(port: FiguresPort, index: number): ProductRoom {
  return {
    name: `measuring${index}`,
    version: `2000-01-0${index + 1}`,
    style: "RPC",
    host: "measuring",
    envelope: cmsRoom.envelope,
    actions: [],
    migrations: [],
    open(kernel) {
      kernel.ports.add("figures", port);
      return { close() {} };
    },
  };
}

export const refusal = (promise: Promise<unknown>): Promise<Refused> =>
  promise.then(
    (answer) => Promise.reject(new Error(`was accepted: ${JSON.stringify(answer)}`)),
    (error: Refused) => error,
  );

/** A contact that can be reached by everything, in a group. */
export async function contactGroup(call: Caller, name = "on-call"): Promise<string> {
  await call("PutContact", {
    ContactName: `${name}-alice`,
    Describe: "first",
    Channels: { Mail: "alice@example.com", SMS: "86-13300000000" },
  });
  await call("PutContactGroup", { ContactGroupName: name, ContactNames: [`${name}-alice`] });
  return name;
}

/** The smallest rule that is accepted. */
export const rule = {
  RuleId: "lag-1",
  RuleName: "lag of billing",
  Namespace: "acs_rocketmq",
  MetricName: "ConsumerLag",
  ContactGroups: "on-call",
  Escalations: {
    Info: {
      Statistics: "Sum",
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
      Threshold: "100",
      Times: 3,
    },
  },
} as const;

export async function rules(call: Caller, more: Record<string, unknown> = {}): Promise<Answer[]> {
  const answer = await call("DescribeMetricRuleList", more);
  return (answer.Alarms as { Alarm: Answer[] }).Alarm;
}
