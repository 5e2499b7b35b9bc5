import { describe, expect, it } from "vitest";
import { filterOf } from "../../../../service/rocketmq/broker/filter/filter.ts";
import { bodies, groupSpec, instanceSpec, TestBroker } from "./support/broker.ts";

const tag = (expression: string) => filterOf({ type: "TAG", expression });
const sql = (expression: string) => filterOf({ type: "SQL92", expression });

describe("filters by tag", () => {
  it.each([
    ["*", "a", true],
    ["", undefined, true],
    ["a", "a", true],
    ["a", "b", false],
    ["a", undefined, false],
    ["a || b", "b", true],
    ["a||b", "a", true],
    ["a || *", "c", true],
    ["a b", "a b", true],
  ])("%s of a message with the tag %s: %s", (expression, value, wanted) => {
    expect(tag(expression)(value === undefined ? { properties: {} } : { tag: value, properties: {} })).toBe(
      wanted,
    );
  });

  it.each(["a ||", "|| a", "a || || b"])("refuses %s", (expression) => {
    expect(() => tag(expression)).toThrow(expect.objectContaining({ code: "ILLEGAL_FILTER" }));
  });
});

describe("filters by SQL92", () => {
  const message = {
    tag: "paid",
    properties: { n: "5", f: "2.5", s: "it's", t: "TRUE", big: "10", word: "north" },
  };

  it.each([
    ["n = 5", true],
    ["n = '5'", true],
    ["n <> 5", false],
    ["n != 6", true],
    ["n > 4.5 AND n < 6", true],
    ["n >= 5 and n <= 5", true],
    ["big > 9", true],
    ["n > -1", true],
    ["n = +5", true],
    ["5 < big", true],
    ["f = 2.5", true],
    ["n = 0.5e1", true],
    ["s = 'it''s'", true],
    ["word > 5", false],
    ["NOT word > 5", false],
    ["n BETWEEN 5 AND 6", true],
    ["n NOT BETWEEN 5 AND 6", false],
    ["word IN ('south', 'north')", true],
    ["word NOT IN ('south')", true],
    ["n IN (1, 5)", true],
    ["none IS NULL", true],
    ["none IS NOT NULL", false],
    ["word IS NOT NULL", true],
    ["none = 1", false],
    ["none <> 1", false],
    ["NOT none = 1", false],
    ["none IN (1)", false],
    ["none = 1 OR n = 5", true],
    ["none = 1 AND n = 5", false],
    ["none IS NULL AND n = 5", true],
    ["t = TRUE", true],
    ["t", true],
    ["NOT t", false],
    ["NOT NOT t", true],
    ["TRUE", true],
    ["TAGS = 'paid'", true],
    ["TAGS IN ('open', 'paid') AND n > 1", true],
    ["n = 1 OR n = 5 AND word = 'south'", false],
    ["(n = 1 OR n = 5) AND word = 'north'", true],
    ["((n)) = (5)", true],
    ["word CONTAINS 'ort'", true],
    ["word NOT CONTAINS 'x'", true],
    ["word STARTSWITH 'no'", true],
    ["word ENDSWITH 'no'", false],
    ["toString = 'x'", false],
    ["toString IS NULL", true],
  ])("%s: %s", (expression, wanted) => {
    expect(sql(expression)(message)).toBe(wanted);
  });

  it.each([
    "",
    "n =",
    "= 5",
    "n == 5",
    "n = 5 AND",
    "(n = 5",
    "n = 5)",
    "n BETWEEN 5",
    "n IN ()",
    "n IN 5",
    "n IS 5",
    "n NOT 5",
    "n NOT",
    "n = 'open",
    "n ; 5",
    "n = -word",
    "a b",
    "NULL",
    `${"(".repeat(60)}n = 5${")".repeat(60)}`,
    `n = '${"x".repeat(5_000)}'`,
  ])("refuses %s", (expression) => {
    expect(() => sql(expression)).toThrow(expect.objectContaining({ code: "ILLEGAL_FILTER" }));
  });
});

describe("a group that filters", () => {
  it("passes over what it does not want, for that group alone", async () => {
    const broker = await TestBroker.open(
      instanceSpec({ groups: [groupSpec("workers"), groupSpec("others")] }),
    );
    const [a, b] = ["a", "b"].map((one) => ({ tag: one, body: Buffer.from(one), properties: { n: one } }));
    await broker.send("orders", a ?? "", b ?? "", a ?? "", b ?? "");
    const filter = { type: "TAG", expression: "b" } as const;
    expect(bodies(await broker.receive({ filter }))).toEqual(["b", "b"]);
    expect(bodies(await broker.receive())).toEqual([]);
    const bySql = { type: "SQL92", expression: "n = 'a'" } as const;
    expect(bodies(await broker.receive({ group: "others", filter: bySql }))).toEqual(["a", "a"]);
  });

  it("is told at once of a filter that is none", async () => {
    const broker = await TestBroker.open();
    const filter = { type: "SQL92", expression: "n = =" } as const;
    await expect(broker.receive({ filter })).rejects.toMatchObject({ code: "ILLEGAL_FILTER" });
  });
});
