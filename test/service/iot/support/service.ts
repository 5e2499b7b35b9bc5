import type { ActivityPort } from "../../../../service/core/kit/ports.ts";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";
import { iotRoom } from "../../../../service/iot/index.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { type Caller, callerOf } from "./clients.ts";

export interface IotService {
  readonly service: TestService;
  /** The typed SDK. */
  readonly call: Caller;
  /** The generic client, which also sends what the SDK has no field for. */
  readonly any: Caller;
  stop(): Promise<void>;
}

/** The real server with this room, in this process; `plane` stands for the clients of the data plane. */
export async function startIot(
  options: Omit<StartOptions, "rooms" | "asProcess"> & { plane?: ActivityPort } = {},
): Promise<IotService> {
  const { plane, ...start } = options;
  const rooms = plane ? [iotRoom, planeRoom(plane)] : [iotRoom];
  const service = await startService({ ...start, rooms });
  return {
    service,
    call: callerOf("SDK V3", service.url),
    any: callerOf("pop-core POST", service.url),
    stop: () => service.stop(),
  };
}

function planeRoom(plane: ActivityPort): ProductRoom {
  return {
    name: "plane",
    version: "2000-01-01",
    style: "RPC",
    host: "plane",
    envelope: iotRoom.envelope,
    actions: [],
    migrations: [],
    open(kernel) {
      kernel.ports.add("activity", plane);
      return { close() {} };
    },
  };
}

export async function product(call: Caller, name = "meters", more: Record<string, unknown> = {}) {
  const { ProductKey } = await call("CreateProduct", { ProductName: name, NodeType: 0, ...more });
  return String(ProductKey);
}

export async function group(call: Caller, name: string, more: Record<string, unknown> = {}) {
  const { GroupId } = await call("CreateConsumerGroup", { GroupName: name, ...more });
  return String(GroupId);
}

export const subscribe = (call: Caller, ProductKey: string, ConsumerGroupIds: readonly string[]) =>
  call("CreateSubscribeRelation", { ProductKey, Type: "AMQP", DeviceDataFlag: true, ConsumerGroupIds });

export interface ListedGroup {
  readonly GroupId: string;
  readonly GroupName: string;
  readonly CreateTime: string;
}

/** All groups of an instance, the default one included. */
export async function listed(call: Caller, more: Record<string, unknown> = {}): Promise<ListedGroup[]> {
  const answer = await call("QueryConsumerGroupList", { CurrentPage: 1, PageSize: 1000, ...more });
  return (answer.Data as { ConsumerGroupDTO: ListedGroup[] }).ConsumerGroupDTO;
}

export const names = async (call: Caller) => (await listed(call)).map((one) => one.GroupName);

/** Groups of a product's AMQP subscription. */
export async function groupsOf(call: Caller, ProductKey: string): Promise<string[]> {
  const answer = await call("QuerySubscribeRelation", { ProductKey, Type: "AMQP" });
  return answer.ConsumerGroupIds as string[];
}
