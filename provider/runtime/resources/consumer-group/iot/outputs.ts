import type { Properties } from "../../../resource.ts";
import type { GroupContext } from "./context.ts";
import type { StateSubscription } from "./inputs.ts";
import { sorted } from "./inputs.ts";
import type { GroupStatus } from "./observe.ts";

/** What a group looks like that nobody has connected to. */
export const IDLE: GroupStatus = { connected: false, onlineClients: 0, unconsumed: 0, consumedPerMinute: 0 };

/** The state: every input, so that a later diff and delete have all they need, and what was observed. */
export function groupOutputs(context: GroupContext, group: SeenGroup): Properties {
  const { inputs, made, shared } = context;
  const { madeSubscriptions: _, sharedSubscriptions: __, groupId: ___, ...given } = inputs;
  const subscriptions = sorted(group.subscriptions);
  return {
    ...given,
    name: group.name,
    ...(subscriptions.length === 0 && inputs.subscriptions === undefined ? {} : { subscriptions }),
    groupId: group.id,
    madeSubscriptions: [...made].sort(),
    sharedSubscriptions: [...shared].sort(),
    status: group.status,
    connection: connectionOf(context, group.id),
  };
}

export interface SeenGroup {
  readonly id: string;
  readonly name: string;
  readonly subscriptions: readonly StateSubscription[];
  readonly status: GroupStatus;
}

/** What an AMQP client sets. The published host is known of enterprise instances only. */
function connectionOf({ session, place, inputs }: GroupContext, groupId: string): Properties {
  const { iotInstanceId } = inputs;
  const isCloud = session.settings.target === "cloud" && iotInstanceId !== undefined;
  const fields = [
    "authMode=aksign",
    "signMethod=hmacsha1",
    "timestamp=<milliseconds>",
    "authId=<access key id>",
    ...(iotInstanceId === undefined ? [] : [`iotInstanceId=${iotInstanceId}`]),
    `consumerGroupId=${groupId}`,
  ];
  return {
    protocol: "AMQP 1.0",
    endpoints: isCloud ? { public: `amqps://${iotInstanceId}.amqp.iothub.aliyuncs.com:5671` } : {},
    groupId,
    userName: `<client id>|${fields.join(",")}|`,
    region: place.region,
  };
}
