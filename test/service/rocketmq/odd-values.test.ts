/* Whatever a parameter holds, the answer is the product's: never an internal error, and nothing that breaks later reads. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { rocketmqRoom } from "../../../service/rocketmq/index.ts";
import { order, type Queues, retry, runningInstance, startQueues } from "./support/service.ts";

let queues: Queues;
let id: string;
beforeAll(async () => {
  queues = await startQueues();
  id = await runningInstance(queues.roa);
  await queues.roa("POST", `/instances/${id}/topics/t`, { body: { messageType: "NORMAL" } });
  const body = { consumeRetryPolicy: retry };
  await queues.roa("POST", `/instances/${id}/consumerGroups/g`, { body });
});
afterAll(() => queues.stop());

const odd = [
  "",
  " ",
  "[",
  "[1]",
  '{"a":1}',
  "[object Object]",
  "undefined",
  "组",
  "a".repeat(3_000),
  "-1",
  "1e9",
];
const oddJson = [
  null,
  0,
  -1,
  1.5,
  true,
  [],
  [null],
  [[]],
  {},
  { a: {} },
  "",
  "x",
  "\u0000",
  2 ** 53,
  [{ key: 1 }],
];
const paths = { instanceId: "", topicName: "t", consumerGroupId: "g", username: "nobody" };
/** What is right beside the odd value, so that it is reached. */
const beside: Record<string, object> = {
  CreateInstance: order,
  CreateConsumerGroup: { consumeRetryPolicy: retry },
  UpdateConsumerGroup: { consumeRetryPolicy: retry },
  TagResources: { resourceType: "instance" },
  UntagResources: { resourceType: "instance" },
  ListTagResources: { resourceType: "instance" },
};

const harmless = rocketmqRoom.actions.filter(
  ({ name }) => !/^Delete(Instance|Topic|ConsumerGroup)$/.test(name),
);

it.each(harmless)("$name", async ({ name, route, request, kind }) => {
  const { roa } = queues;
  const path = (route?.path ?? "").replace(/\{(\w+)\}/g, (_, part: keyof typeof paths) => paths[part] || id);
  const names = [...declaredNames(request())].filter((one) => !(route?.path ?? "").includes(`{${one}}`));
  for (const parameter of names) {
    for (const value of kind === "write" ? oddJson : odd) {
      const members = { ...beside[name], [parameter]: value };
      const inQuery = typeof value === "string" && (route?.method !== "POST" || name === "TagResources");
      const call = roa(route?.method ?? "", path, inQuery ? { query: members } : { body: members });
      const failure = await call.then(
        () => undefined,
        (error: { code?: string; statusCode?: number }) => error,
      );
      const seen = `${parameter} = ${JSON.stringify(value)?.slice(0, 40)}`;
      expect(failure?.code ?? "", seen).not.toMatch(/Internal/);
      expect(failure?.statusCode ?? 200, seen).toBeLessThan(500);
    }
  }
  for (const after of [
    "/instances",
    `/instances/${id}`,
    `/instances/${id}/topics/t`,
    `/instances/${id}/consumerGroups/g`,
  ]) {
    await roa("GET", after);
  }
});
