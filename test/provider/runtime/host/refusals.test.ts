import { describe, expect, it } from "vitest";
import { refusalsInProgram } from "../../../../provider/runtime/host/early.ts";
import { quietRefusals } from "../../../../provider/runtime/host/errors.ts";
import { forEngine, withoutRepeats, withSafeLog } from "../../../../provider/runtime/host/refusals.ts";
import { UNKNOWN } from "../../../../provider/schema/unknown.ts";
import { secretCases } from "../../../e2e/support/secret-inputs.ts";
import type { TestService } from "../../../support/service.ts";
import { identityOf, runOn } from "../../support/groups.ts";

const NOBODY = { url: "http://127.0.0.1:1" } as TestService;
const failure = (property: string, reason = `${property} is wrong`) => ({ property, reason });

describe("refusals for the engine", () => {
  it("name no property, so that the engine prints no value", () => {
    const failures = [failure("source.port"), failure("pasword")];
    expect(forEngine({ inputs: { a: 1 }, failures })).toEqual({
      inputs: { a: 1 },
      failures: [
        { property: "", reason: "source.port is wrong" },
        { property: "", reason: "pasword is wrong" },
      ],
    });
  });

  it("what the program has said is not said again, and its inputs are shown nowhere", () => {
    const inputs = { name: "n", source: { port: 0 }, webhook: "s3cret" };
    const failures = [failure("source.port"), failure("webhook")];
    const said = ["source.port is wrong", "webhook is wrong"];
    expect(withoutRepeats({ inputs, failures }, identityOf("a", { said }))).toEqual({
      inputs: { name: "n" },
      failures: [],
      passes: true,
    });
    const half = withoutRepeats({ inputs, failures }, identityOf("a", { said: said.slice(1) }));
    expect(half).toEqual({ inputs, failures: [failures[0]], passes: false });
    const again = [...failures, failure("webhook", "webhook does not exist there")];
    expect(withoutRepeats({ inputs, failures: again }, identityOf("a", { said })).failures).toEqual([]);
    expect(withoutRepeats({ inputs, failures: [] }, identityOf("a", { said }))).toMatchObject({
      passes: false,
    });
  });

  it("warnings hold no secret of the resource", () => {
    const run = runOn(NOBODY);
    const secret = withSafeLog(run, { account: "audit_x" }, identityOf("a", { secrets: [["account"]] }));
    secret.log.warn("audit_x is connected");
    expect(run.said).toEqual(["warn: [secret] is connected"]);
  });

  it("the host's own line for each refusal is left out, bugs are not", () => {
    const lines: unknown[] = [];
    const output = { error: (...parts: unknown[]) => void lines.push(...parts) };
    quietRefusals(output);
    output.error("GroupInUse: see the message at the resource");
    output.error("TypeError: x is not a function: at y");
    expect(lines).toEqual(["TypeError: x is not a function: at y"]);
  });
});

describe("the judgement in the program", () => {
  const judge = (run: object, name: string, inputs: object, more: object = {}) =>
    refusalsInProgram(run, () => undefined, "ConsumerGroup", {
      platform: "changeTracking",
      instance: UNKNOWN,
      account: `a_${name}`,
      password: "Abcdefgh1",
      ...inputs,
      __identity: { ...identityOf(name), ...more },
    });

  it("says what check would say, without the service", async () => {
    expect(await judge({}, "g", { account: "a-b", pasword: "s3cret" })).toEqual([
      'account must contain only A-Z, a-z, 0-9 and _, got "a-b" [DTS-5]',
      "pasword is not an input here; did you mean password?",
    ]);
    expect(await judge({}, "g", {})).toEqual([]);
  });

  it("keeps secrets back", async () => {
    const said = await judge({}, "g", { account: "s3cret word" }, { secrets: [["account"]] });
    expect(said).toEqual(["account must contain only A-Z, a-z, 0-9 and _ [DTS-5]"]);
  });

  it("shows no input of any resource that is a secret or undeclared", async () => {
    const said: string[] = [];
    for (const { name, kind, inputs, wrapped } of secretCases()) {
      const secrets = wrapped === undefined ? [] : [wrapped];
      const news = { ...inputs, __identity: { ...identityOf(name), secrets } };
      said.push(...(await refusalsInProgram({}, () => undefined, kind, news)));
    }
    expect(said.length).toBeGreaterThan(300);
    expect(said.filter((text) => text.includes("hush") || text.includes("91827"))).toEqual([]);
    // Nearly all still say the limit.
    expect(said.filter((text) => text.includes("would show")).length).toBeLessThan(15);
  });

  it("judges the resources of one run together, and no others", async () => {
    const run = {};
    const scope = { scope: "urn:instance" };
    expect(await judge(run, "a", { name: "x" }, scope)).toEqual([]);
    expect(await judge(run, "b", { name: "x" }, scope)).toEqual([
      'name must be unique among the groups of an instance, but the resource a has "x" too',
    ]);
    expect(await judge({}, "b", { name: "x" }, scope)).toEqual([]);
  });

  it("leaves the 21st group to check, which knows the state", async () => {
    const run = {};
    for (let i = 0; i < 22; i += 1) {
      expect(await judge(run, `g${i}`, {}, { scope: "urn:instance" })).toEqual([]);
    }
  });
});
