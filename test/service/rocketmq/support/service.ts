import { createRequire } from "node:module";
import { expect } from "vitest";
import { ROCKETMQ_ACTIONS } from "../../../../contract/rocketmq/index.ts";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";
import { rocketmqRoom } from "../../../../service/rocketmq/index.ts";
import { misfits } from "../../../support/misfits.ts";
import { type StartOptions, startService, type TestService } from "../../../support/service.ts";
import { shapesOf } from "../../../support/shapes.ts";
import { longNumbers } from "../../core/support/long-numbers.ts";
import { until } from "../../dts/support/wait.ts";

// The clients are CommonJS with default exports that Node and bundlers see differently.
const require = createRequire(import.meta.url);
const { Config } = require("@alicloud/openapi-client");
const { ROAClient } = require("@alicloud/pop-core");
export const sdk = require("@alicloud/rocketmq20220801");

const shapes = shapesOf(ROCKETMQ_ACTIONS);

export type Answer = Record<string, unknown>;
export type Typed = Record<string, (...args: unknown[]) => Promise<{ statusCode: number; body: Answer }>>;
/** One call by method and path; rejects with `code`. */
export type Roa = (method: string, path: string, more?: { query?: object; body?: object }) => Promise<Answer>;

export interface Queues {
  readonly service: TestService;
  readonly roa: Roa;
  readonly typed: Typed;
  stop(): Promise<void>;
}

export async function startQueues(
  options: Omit<StartOptions, "rooms" | "asProcess"> & { rooms?: readonly ProductRoom[] } = {},
): Promise<Queues> {
  const service = await startService({ rooms: [rocketmqRoom], ...options });
  return { service, roa: popCore(service), typed: typedSdk(service, false), stop: () => service.stop() };
}

/** The official SDK with its models. */
export function typedSdk(service: TestService, v2: boolean): Typed {
  const config = {
    ...service.key,
    endpoint: service.endpoint,
    protocol: "http",
    ...(v2 ? { signatureAlgorithm: "v2" } : {}),
  };
  return new sdk.default(new Config(config));
}

/** The older core client, whose every answer is held against the definition of the action that was called. */
export function popCore(service: TestService): Roa {
  const client = new ROAClient({ ...service.key, endpoint: service.url, apiVersion: "2022-08-01" });
  return async (method, path, { query = {}, body } = {}) => {
    const text = body === undefined ? "" : JSON.stringify(body);
    const answer = await client.request(method, path, query, text, {}, { timeout: 5_000 });
    const parsed = longNumbers(typeof answer === "string" ? JSON.parse(answer) : answer, "aliUid");
    const action = ROCKETMQ_ACTIONS.find(
      ({ route }) => route?.method === method && pathForm(route.path).test(path),
    );
    fits(parsed, action?.name ?? `${method} ${path}`);
    return parsed;
  };
}

const pathForm = (path: string) => new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`);

function fits(answer: object, action: string): void {
  expect(misfits(answer, shapes[action] ?? {}), action).toEqual([]);
}

/** Holds an answer against the published fields and types, and gives its data. */
export function dataOf<T = Answer>(action: string, answer: unknown): T {
  const { data, ...rest } = answer as { data: T };
  fits({ ...rest, ...(data === undefined ? {} : { data }) }, action);
  expect(rest, action).toMatchObject({ success: true, code: "200", httpStatusCode: 200 });
  return data;
}

export const order = {
  serviceCode: "rmq",
  seriesCode: "standard",
  subSeriesCode: "cluster_ha",
  paymentType: "PayAsYouGo",
  networkInfo: {
    vpcInfo: { vpcId: "vpc-1", vSwitches: [{ vSwitchId: "vsw-1" }] },
    internetInfo: { internetSpec: "disable", flowOutType: "uninvolved" },
  },
  productInfo: { msgProcessSpec: "rmq.s2.2xlarge", messageRetentionTime: 70, sendReceiveRatio: 0.5 },
};

/** Buys an instance and waits until it runs. */
export async function runningInstance(roa: Roa, more: object = {}): Promise<string> {
  const { data: id } = await roa("POST", "/instances", { body: { ...order, ...more } });
  await until(
    () => roa("GET", `/instances/${id}`),
    (answer) => (answer.data as Answer).status === "RUNNING",
  );
  return String(id);
}

export const retry = { retryPolicy: "DefaultRetryPolicy", maxRetryTimes: 16 };

/** The names of an instance's groups. */
export async function groupNames(roa: Roa, instanceId: string): Promise<string[]> {
  const { data } = await roa("GET", `/instances/${instanceId}/consumerGroups`, { query: { pageSize: 100 } });
  return (data as { list: { consumerGroupId: string }[] }).list.map((group) => group.consumerGroupId);
}
