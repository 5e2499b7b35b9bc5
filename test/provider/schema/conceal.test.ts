import { describe, expect, it } from "vitest";
import { shown } from "../../../contract/limits/message.ts";
import { concealSecrets, maskSecrets } from "../../../provider/schema/conceal.ts";
import { isDeclaredName } from "../../../provider/schema/names.ts";

const conceal = (
  property: string,
  reason: string,
  value: unknown,
  secrets: readonly (readonly (string | number)[])[],
  rule?: string,
) => concealSecrets({ property, reason, ...(rule && { rule }) }, value, secrets, isDeclaredName);

describe("what was marked as secret stands in no refusal", () => {
  it("a refusal of the secret keeps its limit and its rule", () => {
    const text = 'account must contain only A-Z, a-z, 0-9 and _, got "se cret"';
    expect(conceal("account", text, { account: "se cret" }, [["account"]], "DTS-5")).toEqual({
      property: "account",
      reason: "account must contain only A-Z, a-z, 0-9 and _",
      rule: "DTS-5",
    });
    const port = conceal(
      "source.port",
      "source.port must be a whole number from 1 to 65535, got 70000",
      { source: { port: 70000 } },
      [["source"]],
    );
    expect(port).toEqual({
      property: "source.port",
      reason: "source.port must be a whole number from 1 to 65535",
    });
  });

  it("names that only the secret knows are part of it, those of inputs are not", () => {
    const value = { objects: { topsecret: { tables: [] } } };
    const text = 'objects.topsecret.tables must name at least one table or be "all", got a list of 0';
    expect(conceal("objects.topsecret.tables", text, value, [["objects"]])).toEqual({
      property: "objects.*.tables",
      reason: 'objects.*.tables must name at least one table or be "all"',
    });
    const typo = "source.pasword is not an input here; did you mean password?";
    expect(conceal("source.pasword", typo, { source: { pasword: "x" } }, [["source"]]).reason).toBe(
      "source.* is not an input here",
    );
    const known = "pasword is not an input here; did you mean password?";
    expect(conceal("pasword", known, { pasword: "s3cret-x" }, [["pasword"]]).reason).toBe(known);
    const dotted = conceal("objects.a.b [c].tables", "objects.a.b [c].tables is wrong", value, [["objects"]]);
    expect(dotted.reason).toBe("objects is wrong");
  });

  it.each([
    [
      "of another field",
      "version",
      "version must be 4.x, as the instance MQ_INST_7 is, got 5.x",
      "MQ_INST_7",
    ],
    ["a piece of it", "filter", "filter holds the key hunter2222 that no event has", "a:hunter2222;b"],
    ["as JSON writes it", "tags", 'tags values must be short, got "a\\"bcd"', 'a"bcd'],
    ["cut off", "tags", `tags values must be short, got ${shown("q".repeat(100))}`, "q".repeat(100)],
    ["short, as a word", "sink", "sink goes to xy, which is wrong", "xy"],
  ])("a text that repeats a secret is replaced: %s", (_, property, text, secret) => {
    const found = conceal(property, text, { other: { inner: [secret] } }, [["other", "inner"]], "MQ-7");
    expect(found).toEqual({
      property,
      reason: `${property} is refused, and the reason would show a secret`,
      rule: "MQ-7",
    });
  });

  it("everything else stays as it is", () => {
    const text = 'name must be 1 to 128 characters long, got "x" [DTS-3]';
    expect(conceal("name", text, { name: "x", password: "Passw0rd" }, [["password"]]).reason).toBe(text);
    expect(conceal("name", text, { name: "x" }, []).reason).toBe(text);
  });

  it("warnings lose the value alone", () => {
    expect(maskSecrets("group audit-1 is read", { a: { b: "audit-1" } }, [["a", "b"]])).toBe(
      "group [secret] is read",
    );
  });

  it("user and password of a URL are shown nowhere", () => {
    expect(shown("postgres://u:pw@h/db")).toBe('"postgres://***@h/db"');
    expect(shown("mysql://u:p@w@h:1/db")).toBe('"mysql://***@h:1/db"');
    expect(shown("https://h/a@b")).toBe('"https://h/a@b"');
  });
});

describe("a value that a refusal repeats", () => {
  it.each([
    ["postgres://u:p/Geheim@h/db", '"postgres://u:***@h/db"'],
    ["h?password=Geheim", '"h?password=***"'],
    ['{"password":"Geheim"}', '"{\\"password\\":\\"***\\"}"'],
    ["10.0.0.x", '"10.0.0.x"'],
  ])("keeps no password inside it: %s", (value, text) => expect(shown(value)).toBe(text));
});
