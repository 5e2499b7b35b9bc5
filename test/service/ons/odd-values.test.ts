/* Whatever a parameter holds, the answer is the product's: never an internal error. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { onsRoom } from "../../../service/ons/index.ts";
import { type Caller, makeInstance, startOns } from "./support/service.ts";

let ons: Awaited<ReturnType<typeof startOns>>;
let call: Caller;
let InstanceId: string;
beforeAll(async () => {
  ons = await startOns();
  call = ons.call;
  InstanceId = await makeInstance(call);
  await call("OnsTopicCreate", { InstanceId, Topic: "orders", MessageType: "0" });
  await call("OnsGroupCreate", { InstanceId, GroupId: "GID_a" });
});
afterAll(() => ons.stop());

const odd = ["", " ", "[", "[object Object]", "组", "a".repeat(3_000), "-1"];
const right = {
  Topic: "orders",
  GroupId: "GID_a",
  ResourceType: "TOPIC",
  "ResourceId.1": "orders",
  Type: "1",
};

it.each(onsRoom.actions.filter(({ name }) => !/Delete$/.test(name)))("$name", async ({ name, request }) => {
  for (const parameter of declaredNames(request())) {
    const others = Object.entries({ InstanceId, ...right }).filter(([key]) => !key.startsWith(parameter));
    for (const form of odd.flatMap((value) => [{ [parameter]: value }, { [`${parameter}.1.Key`]: value }])) {
      const answer = await call(name, { ...Object.fromEntries(others), ...form }).catch((error) => error);
      expect(String(answer.code ?? ""), JSON.stringify(form)).not.toMatch(/Internal|Unavailable/);
    }
  }
  await call("OnsTopicList", { InstanceId });
  await call("OnsGroupList", { InstanceId });
});
