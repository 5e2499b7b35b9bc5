/*
 * Why: clients flatten structures in different ways; pop-core turns an object into the text "[object Object]" and a
 * caller easily indexes a parameter that is no list. The answer must name the parameter and say what it must be,
 * in words that fit behind the name.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { dtsRoom } from "../../../service/dts/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { clients } from "../core/support/clients.ts";

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [dtsRoom] });
});
afterAll(() => service.stop());

const cases = [
  [
    "CreateSubscriptionInstance",
    { Region: "cn-hangzhou", SourceEndpoint: "[object Object]" },
    "SourceEndpoint",
  ],
  ["DescribeDtsJobDetail", { "DtsJobId.1": "a" }, "DtsJobId"],
  ["DescribeDtsJobs", { JobType: "SUBSCRIBE", Type: "colour" }, "Type"],
  ["ListTagResources", { ResourceType: "ALIYUN::DTS::INSTANCE", ResourceId: "a" }, "ResourceId"],
  ["UntagResources", { "ResourceId.1.Key": "a", All: "true" }, "ResourceId.1"],
] as const;

it.each(cases)("%s %j", async (action, query, parameter) => {
  const client = clients["pop-core POST"];
  const key = { endpoint: service.endpoint, ...service.key };
  const outcome = await client?.rpc(key, { version: "2020-01-01", action, query });
  expect(outcome?.code).toBe(`Invalid${parameter}`);
  expect(outcome?.message).toContain(`${parameter} must `);
  expect(outcome?.message).not.toMatch(/Invalid (input|option)/);
});
