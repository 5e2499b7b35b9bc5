/*
 * Why: each client encodes values in its own way before it signs and sends them: spaces as + or %20, `* ~ '` bare
 * or as percent sequences, control characters, pairs of surrogates. A value must come back as it was given,
 * whichever client wrote it and wherever it stood.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dtsRoom } from "../../../service/dts/index.ts";
import { startService, type TestService } from "../../support/service.ts";
import { clients, type Target } from "../core/support/clients.ts";
import { callerOf } from "../dts/support/clients.ts";

const odd = [
  "a b",
  "* ~ +",
  "~*+%20",
  `it's "q" \`x\``,
  "100%",
  "%41%zz",
  "%25",
  "a&b=c;d",
  "a\tb",
  "a\nb\r\nc",
  "日本語 组",
  "🎉👩‍👩‍👧",
  "e\u0301 é",
  "\u00a0nbsp\u3000",
  "<>&#\\/?:@[]{}|^",
  "+",
  "%",
  "=",
  "&",
  "\u0001\u001f",
  "\x7f",
  "\u2028\u2029",
  "\ufeffbom",
  "$(id);--",
  " leading and trailing ",
];

const VERSION = "2020-01-01";
let service: TestService;
let target: Target;
let DtsJobId: string;
let instanceId: string;
beforeAll(async () => {
  service = await startService({ rooms: [dtsRoom] });
  target = { endpoint: service.endpoint, ...service.key };
  const call = callerOf("openapi-client V3", service.url);
  const bought = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
  DtsJobId = String(bought.JobId);
  instanceId = String(bought.InstanceId);
});
afterAll(() => service.stop());

describe.each(Object.entries(clients))("%s", (_name, client) => {
  const done = async (action: string, where: "query" | "body", params: Record<string, string>) => {
    const { body, ...failure } = await client.rpc(target, { version: VERSION, action, [where]: params });
    expect(failure, `${action} ${JSON.stringify(params)}`).toEqual({});
    return body ?? {};
  };

  it.each(["query", "body"] as const)("writes and reads back odd values in the %s", async (where) => {
    for (const value of odd) {
      await done("ModifyDtsJobName", where, { DtsJobId, DtsJobName: value });
      expect(await done("DescribeDtsJobDetail", where, { DtsJobId })).toMatchObject({ DtsJobName: value });
    }
  });

  it.each(["query", "body"] as const)("writes and reads back odd and empty tags in the %s", async (where) => {
    const resource = { ResourceType: "ALIYUN::DTS::INSTANCE", "ResourceId.1": instanceId };
    for (const value of [...odd, ""]) {
      await done("TagResources", where, { ...resource, "Tag.1.Key": `k ${value}`, "Tag.1.Value": value });
      const { TagResources } = await done("ListTagResources", where, resource);
      expect(TagResources).toMatchObject({ TagResource: [{ TagKey: `k ${value}`, TagValue: value }] });
      await done("UntagResources", where, { ...resource, "TagKey.1": `k ${value}` });
    }
  });
});
