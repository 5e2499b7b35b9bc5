import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Answer } from "./support/clients.ts";
import { contactGroup, refusal, rule, rules, startCms } from "./support/service.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cms-start-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seedFile = (name: string, cms: object): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify({ cms }));
  return path;
};

it("a seed makes contacts and groups, so that a rule can name them at once", async () => {
  const seedPath = seedFile("good.json", {
    contacts: [
      { name: "Alice", mail: "a@example.com" },
      { name: "Bob", mail: "b@example.com", confirmed: false },
    ],
    contactGroups: [{ name: "on-call", contacts: ["Alice", "Bob"] }],
  });
  const cms = await startCms({ settings: { seedPath } });
  try {
    await cms.call("PutResourceMetricRule", rule);
    expect(await rules(cms.call)).toHaveLength(1);
    const { Contacts } = await cms.call("DescribeContactList");
    const states = (Contacts as { Contact: Answer[] }).Contact.map((one) => one.ChannelsState);
    expect(states).toEqual([{ Mail: "OK" }, { Mail: "PENDING" }]);
    expect(JSON.stringify(await cms.service.admin("GET", "status"))).toContain('"contactGroups":1');
  } finally {
    await cms.stop();
  }
});

it.each([
  [["Alice"], /: cms: must be an object, got a list$/],
  [{ contacts: [{ name: "Alice" }] }, /cms\.contacts\[0\]\.mail: is required$/],
  [{ contactGroups: [{ name: "a,b" }] }, /cms\.contactGroups\[0\]\.name: must not hold a comma$/],
  [{ contactGroups: [{ name: "a", contacts: ["nobody"] }] }, /nobody/],
])("a seed that is wrong stops the start: %j", async (part, said) => {
  const start = startCms({ settings: { seedPath: seedFile("wrong.json", part) } });
  await expect(start).rejects.toThrow(said);
});

it("settings that are wrong stop the start", async () => {
  const startWith = (cms: object) => startCms({ settings: { rooms: { cms } } });
  await expect(startWith({ namespaces: [] })).rejects.toThrow(
    'settings: rooms.cms: must not hold "namespaces"',
  );
  await expect(startWith({ otherNamespaces: 1 })).rejects.toThrow(
    "settings: rooms.cms.otherNamespaces: must be a list, got a number",
  );
});

it("a read-only key reads rules and changes none", async () => {
  const cms = await startCms({
    settings: {
      keys: [{ accessKeyId: "local", accessKeySecret: "local-secret", rights: "readOnly", active: true }],
    },
  });
  try {
    expect(await rules(cms.call)).toEqual([]);
    expect((await refusal(contactGroup(cms.call))).code).toBe("Forbidden.RAM");
    expect((await refusal(cms.call("PutResourceMetricRule", rule))).code).toBe("Forbidden.RAM");
  } finally {
    await cms.stop();
  }
});
