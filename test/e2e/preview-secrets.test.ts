import { expect, it } from "vitest";
import { withStack } from "../support/e2e.ts";
import { startService } from "../support/service.ts";
import { secretCases } from "./support/secret-inputs.ts";

const PROGRAM = `
const pulumi = require("@pulumi/pulumi");
const kinds = require("pulumi-change-tracking");
const cases = require("./cases.json");
const owners = [];
const on = (index) => owners[Math.floor(index / 15)] ??= new kinds.ChangeTrackingInstance("owner_" + Math.floor(index / 15), {
  source: { engine: "MySQL", accessMethod: "RDS", instanceId: "rm-1", user: "u", password: "p" }, objects: { shop: {} } });
// What the service would be asked about is not known yet, so that the engine's checks refuse nothing more.
const later = (value, index) => {
  if (value === "dtsone") return on(index).id;
  if (value === "ops") return on(index).status;
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).map(([key, one]) => [key, later(one, index)]);
  return Array.isArray(value) ? members.map(([, one]) => one) : Object.fromEntries(members);
};
const wrap = (value, path) => {
  if (path.length === 0) return pulumi.secret(value);
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[path[0]] = wrap(copy[path[0]], path.slice(1));
  return copy;
};
cases.forEach(({ name, kind, inputs, wrapped }, index) => {
  const given = later(inputs, index);
  if (!process.env.LATE) new kinds[kind](name, wrapped === undefined ? given : wrap(given, wrapped));
});
if (process.env.LATE) {
  const account = pulumi.secret(new Promise((resolve) => setTimeout(resolve, 200, "hush secret/late")));
  new kinds.ConsumerGroup("late", { platform: "changeTracking", instance: on(0).id, password: "Passw0rd-7", account });
}
`;

it("no input that is a secret or undeclared is shown, in any way a preview is printed", async () => {
  // A contact group is any text to the program; whether it exists is for the service to say.
  const cases = secretCases().filter(({ wrapped }) => wrapped?.[0] !== "contactGroups");
  expect(cases.length).toBeGreaterThan(250);
  const service = await startService();
  const config = { "changetracking:endpoint": service.url };
  const files = { "index.js": PROGRAM, "cases.json": JSON.stringify(cases) };
  try {
    await withStack({ program: files, config }, async (stack) => {
      for (const args of [["preview"], ["preview", "--diff"], ["preview", "--json"]]) {
        const { code, stdout, stderr } = await stack.run(args);
        expect(code).not.toBe(0);
        const shown = `${stdout}\n${stderr}`.split("\n").filter((line) => /hush|91827\d{4}/.test(line));
        expect(shown).toEqual([]);
        // What is right may be left unregistered once the program has failed; what is wrong is always said.
        expect(stdout + stderr).toContain("case_1: name must be a string");
      }
      // What comes too late for the program is refused by the engine's check.
      const late = await stack.run(["preview"], { env: { LATE: "1" } });
      expect(late.stdout + late.stderr).toMatch(
        /resource 'late' has a problem: account must contain only A-Z, a-z, 0-9 and _ \[DTS-5\]/,
      );
      expect(late.stdout + late.stderr).not.toMatch(/hush|91827\d{4}/);
    });
  } finally {
    await service.stop();
  }
});
