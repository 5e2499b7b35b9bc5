import { expect } from "vitest";
import { ONS_ACTIONS } from "../../../../contract/ons/index.ts";
import { onsRoom } from "../../../../service/ons/index.ts";
import { misfits } from "../../../support/misfits.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { shapesOf } from "../../../support/shapes.ts";
import { type Client, clients } from "../../core/support/clients.ts";

const shapes = shapesOf(ONS_ACTIONS);

export type Answer = Record<string, unknown>;
/** Calls an action with flat texts; rejects with `code` and `message`. */
export type Caller = (action: string, params?: Record<string, string>) => Promise<Answer>;

export async function startOns(options: Omit<StartOptions, "rooms" | "asProcess"> = {}) {
  const service = await startService({ ...options, rooms: [onsRoom] });
  const client = clients["pop-core POST"];
  if (!client) throw new Error("no client");
  return { service, call: callerOf(service, client), stop: () => service.stop() };
}

/** An official client whose every answer is held against the published fields and types. */
export function callerOf(service: TestService, client: Client, where: "query" | "body" = "query"): Caller {
  return async (action, params = {}) => {
    const target = { endpoint: service.endpoint, ...service.key };
    const { body, ...failure } = await client.rpc(target, { version: "2019-02-14", action, [where]: params });
    if (failure.code !== undefined) throw Object.assign(new Error(failure.message), failure);
    expect(misfits(body, shapes[action] ?? {}), action).toEqual([]);
    return body ?? {};
  };
}

export async function makeInstance(call: Caller, name = "orders", region = "cn-hangzhou"): Promise<string> {
  const { Data } = await call("OnsInstanceCreate", { InstanceName: name, RegionId: region });
  return (Data as { InstanceId: string }).InstanceId;
}

/** The names of an instance's groups. */
export async function groupNames(call: Caller, InstanceId: string): Promise<string[]> {
  const { Data } = await call("OnsGroupList", { InstanceId });
  return (Data as { SubscribeInfoDo: { GroupId: string }[] }).SubscribeInfoDo.map(({ GroupId }) => GroupId);
}
