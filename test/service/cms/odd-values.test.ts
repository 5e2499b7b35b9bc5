/* Whatever a parameter holds, the answer is the product's, never an internal error; and what is kept comes back as it was. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cmsRoom } from "../../../service/cms/index.ts";
import { declaredNames } from "../../../service/core/http/decode-parameters.ts";
import { callerOf, clientNames } from "./support/clients.ts";
import { type CmsService, contactGroup, rule, rules, startCms } from "./support/service.ts";

let cms: CmsService;
beforeAll(async () => {
  cms = await startCms();
  await contactGroup(cms.call);
});
afterAll(() => cms.stop());

const odd = [
  "",
  " ",
  ",",
  "null",
  "[]",
  "[",
  "[null]",
  "{}",
  '{"__proto__":{"a":"b"}}',
  '[{"groupId":{"a":1}}]',
  '{"Level":"INFO","Times":"1","ExpressionRaw":"x","ExpressionList":{"a":1}}',
  '{"PromQL":1,"Annotations":"x"}',
  "[".repeat(3_000),
  "[object Object]",
  "组🎉",
  "a".repeat(3_000),
  "-1",
  "0",
  "1e400",
  "999999999999999",
  "99999999999999999999",
  "true",
  "acs:log:x",
  "2026-13-45T99:99:99Z",
];

const right = {
  ...{ ...rule, Escalations: undefined },
  "Escalations.Info.Statistics": "Sum",
  "Escalations.Info.ComparisonOperator": "GreaterThanThreshold",
  "Escalations.Info.Threshold": "1",
  "Escalations.Info.Times": "1",
  "RuleId.1": "lag-1",
  "Id.1": "lag-1",
  "TargetIds.1": "1",
  "Targets.1.Id": "1",
  "Targets.1.Arn": "acs:mns:cn-hangzhou:1:/queues/q/message",
  ContactName: "Alice",
  ContactGroupName: "on-call",
  Describe: "x",
  "Channels.Mail": "a@example.com",
  "GroupIds.1": "1",
  "Tag.1.Key": "a",
  "Tag.1.Value": "b",
};

it.each(cmsRoom.actions.filter(({ name }) => !name.startsWith("Delete")))(
  "$name",
  async ({ name, request }) => {
    for (const parameter of declaredNames(request())) {
      const others = Object.entries(right).filter(
        ([key, value]) => value !== undefined && key.split(".")[0] !== parameter,
      );
      const forms = [
        ...odd.map((value) => ({ [parameter]: value })),
        ...["", "[]", "-1"].flatMap((value) => [
          { [`${parameter}.1.Key`]: value, [`${parameter}.1.Id`]: value },
          { [`${parameter}.Info.Times`]: value, [`${parameter}.Mail`]: value },
        ]),
      ];
      for (const form of forms) {
        const params = { ...Object.fromEntries(others), ...form };
        const answer = await cms.any(name, params).catch((error) => error);
        expect(String(answer.code ?? ""), JSON.stringify(form)).not.toMatch(/Internal|Unavailable|^E[A-Z]+$/);
      }
    }
    await rules(cms.call, { PageSize: 1000 });
    await cms.call("DescribeContactList");
    await cms.call("DescribeContactGroupList");
  },
);

describe.each(clientNames)("%s", (client) => {
  it.each([
    "a b+c%20~*",
    `it's "q" \\ \`x\``,
    "组 日本語 🎉👩‍👩‍👧",
    "a\tb\nc",
    "<>&=#/?:@[]{}|^;$(id);--",
    "__proto__",
  ])("keeps %j", async (text) => {
    const call = callerOf(client, cms.service.url);
    const ContactName = text;
    await call("PutContact", { ContactName, Describe: text, Channels: { AliIM: text } });
    const { Contacts } = await call("DescribeContactList", { ContactName });
    expect(Contacts).toMatchObject({ Contact: [{ Name: text, Desc: text, Channels: { AliIM: text } }] });
    await call("PutContactGroup", { ContactGroupName: text, ContactNames: [text] });
    await call("PutResourceMetricRule", {
      ...rule,
      RuleId: text,
      RuleName: text,
      ContactGroups: text,
      Resources: JSON.stringify([{ groupId: text }]),
      Labels: [{ Key: text, Value: text }],
    });
    const [found] = await rules(call, { RuleName: text });
    expect(found).toMatchObject({
      RuleId: text,
      RuleName: text,
      ContactGroups: text,
      Resources: JSON.stringify([{ groupId: text }]),
      Labels: { Labels: [{ Key: text, Value: text }] },
    });
    await call("DeleteMetricRules", { Id: [text] });
    expect(await rules(call, { RuleName: text })).toEqual([]);
  });
});
