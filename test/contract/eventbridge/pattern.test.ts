import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventError } from "../../../contract/eventbridge/failure.ts";
import {
  matchesPattern,
  patternMatcher,
  patternProblem,
  patternTextProblem,
} from "../../../contract/eventbridge/pattern.ts";

/** An event as the documents show one for object storage, and the data of a tracked row. */
const event = {
  id: "45ef4dewdwe1-7c35-447a-bd93-fab****",
  source: "acs.oss",
  specversion: "1.0",
  type: "oss:ObjectCreated:PutObject",
  time: "2020-11-19T21:04:41+08:00",
  subject: "acs.oss:cn-hangzhou:123456789098****:xls-papk/game_apk/123.jpg",
  data: {
    name: "test",
    scope: 100,
    half: 0.5,
    flag: true,
    nothing: null,
    empty: "",
    none: [],
    "source-ip": "10.0.0.123",
    tags: ["red", "green"],
    counts: [1, 20],
    mixed: ["a", { deep: 1 }],
    rows: [{ op: "INSERT" }, { op: "DELETE" }],
    operationType: "UPDATE",
    schema: { databaseName: "shop", tableName: "orders" },
  },
};

const cases: [string, unknown, boolean][] = [
  ["everything", {}, true],
  ["one source", { source: ["acs.oss"] }, true],
  ["another source", { source: ["acs.ecs"] }, false],
  ["two sources, one right", { source: ["acs.ecs", "acs.oss"] }, true],
  ["another case", { source: ["ACS.oss"] }, false],
  ["two keys, both right", { source: ["acs.oss"], type: ["oss:ObjectCreated:PutObject"] }, true],
  ["two keys, one wrong", { source: ["acs.oss"], type: ["oss:Other"] }, false],
  ["a nested key", { data: { name: ["test"] } }, true],
  ["a nested key that differs", { data: { name: ["Test"] } }, false],
  ["two levels", { data: { schema: { tableName: ["orders", "items"] } } }, true],
  ["a number", { data: { scope: [100] } }, true],
  ["a number as text", { data: { scope: ["100"] } }, false],
  ["a number in another spelling", { data: { scope: [1e2] } }, true],
  ["true", { data: { flag: [true] } }, true],
  ["false", { data: { flag: [false] } }, false],
  ["null", { data: { nothing: [null] } }, true],
  ["null for a missing key", { data: { missing: [null] } }, false],
  ["empty text", { data: { empty: [""] } }, true],
  ["empty text for null", { data: { nothing: [""] } }, false],
  ["prefix", { source: [{ prefix: "acs." }] }, true],
  ["prefix that differs", { source: [{ prefix: "acs.e" }] }, false],
  ["prefix of a number", { data: { scope: [{ prefix: "1" }] } }, false],
  ["empty prefix", { source: [{ prefix: "" }] }, true],
  ["suffix", { subject: [{ suffix: ".jpg" }] }, true],
  ["suffix that differs", { subject: [{ suffix: ".png" }] }, false],
  ["one of two suffixes", { subject: [{ suffix: ".png" }, { suffix: ".jpg" }] }, true],
  ["contains", { type: [{ contains: "ObjectCreated" }] }, true],
  ["contains in another case", { type: [{ contains: "objectcreated" }] }, false],
  ["anything but a text", { data: { name: [{ "anything-but": "prod" }] } }, true],
  ["anything but this text", { data: { name: [{ "anything-but": "test" }] } }, false],
  ["anything but a number", { data: { scope: [{ "anything-but": 7 }] } }, true],
  ["anything but this number", { data: { scope: [{ "anything-but": 100 }] } }, false],
  ["anything but a list", { data: { name: [{ "anything-but": ["a", "b"] }] } }, true],
  ["anything but a list with it", { data: { name: [{ "anything-but": ["a", "test"] }] } }, false],
  ["anything but a list of numbers", { data: { scope: [{ "anything-but": [100, 200] }] } }, false],
  ["anything but a prefix", { data: { name: [{ "anything-but": { prefix: "init" } }] } }, true],
  ["anything but its prefix", { data: { name: [{ "anything-but": { prefix: "te" } }] } }, false],
  ["anything but, missing key", { data: { missing: [{ "anything-but": "a" }] } }, false],
  ["numeric range", { data: { scope: [{ numeric: [">", 0, "<=", 100] }] } }, true],
  ["numeric range left", { data: { scope: [{ numeric: [">", 100, "<=", 200] }] } }, false],
  ["numeric equal", { data: { scope: [{ numeric: ["=", 3.0e2 / 3] }] } }, true],
  ["numeric at least", { data: { half: [{ numeric: [">=", 0.5] }] } }, true],
  ["numeric less", { data: { half: [{ numeric: ["<", 0.5] }] } }, false],
  ["numeric of a text", { data: { name: [{ numeric: [">", 0] }] } }, false],
  ["cidr", { data: { "source-ip": [{ cidr: "10.0.0.0/24" }] } }, true],
  ["cidr outside", { data: { "source-ip": [{ cidr: "10.0.1.0/24" }] } }, false],
  ["cidr of everything", { data: { "source-ip": [{ cidr: "0.0.0.0/0" }] } }, true],
  ["cidr of one", { data: { "source-ip": [{ cidr: "10.0.0.123/32" }] } }, true],
  ["cidr of a text", { data: { name: [{ cidr: "10.0.0.0/8" }] } }, false],
  ["exists", { data: { name: [{ exists: true }] } }, true],
  ["exists though null", { data: { nothing: [{ exists: true }] } }, true],
  ["exists though an empty list", { data: { none: [{ exists: true }] } }, true],
  ["exists, missing", { data: { missing: [{ exists: true }] } }, false],
  ["does not exist", { data: { missing: [{ exists: false }] } }, true],
  ["does not exist, deep", { other: { missing: [{ exists: false }] } }, true],
  ["does not exist, but does", { data: { name: [{ exists: false }] } }, false],
  ["exists, no leaf", { data: { schema: [{ exists: true }] } }, false],
  ["a value of an object", { data: { schema: ["shop"] } }, false],
  ["a list with it", { data: { tags: ["green"] } }, true],
  ["a list without it", { data: { tags: ["blue"] } }, false],
  ["a list and a form", { data: { tags: [{ prefix: "gr" }] } }, true],
  ["a list and numeric", { data: { counts: [{ numeric: [">", 10] }] } }, true],
  ["a list, anything but one of it", { data: { tags: [{ "anything-but": "red" }] } }, true],
  ["an empty list", { data: { none: [{ "anything-but": "x" }] } }, false],
  ["objects in a list", { data: { rows: { op: ["DELETE"] } } }, true],
  ["objects in a list, none", { data: { rows: { op: ["DDL"] } } }, false],
  ["an object among texts", { data: { mixed: [{ "anything-but": "a" }] } }, false],
  ["a value or a form", { data: { name: ["x", { suffix: "st" }] } }, true],
  [
    "tracked rows of one table",
    { data: { operationType: ["INSERT", "UPDATE"], schema: { tableName: ["orders"] } } },
    true,
  ],
  ["a name of the language", { constructor: ["x"] }, false],
  ["a nested name of the language", { data: { toString: [{ exists: false }] } }, true],
];

const refused: [string, string, string][] = [
  ["no JSON", '{"a":', "must be valid JSON text"],
  ["a list", "[]", "must be a JSON object, got a list"],
  ["null", "null", "must be a JSON object, got null"],
  ["a bare text", '{"key1": "value1"}', 'key1 must be a list of values, such as ["value1"], got a string'],
  ["a bare number deep down", '{"data":{"n":3}}', "data.n must be a list of values, such as [3]"],
  ["an empty list", '{"data":{"n":[]}}', "data.n must name at least one value"],
  ["a list in a list", '{"a":[["x"]]}', "a[0] must be a value or a form of comparison, got a list"],
  ["an empty form", '{"a":[{}]}', "a[0] must hold exactly one form of comparison, got 0"],
  ["two forms in one", '{"a":[{"prefix":"x","suffix":"y"}]}', "a[0] must hold exactly one form"],
  ["an unknown form", '{"a":["x",{"prefixx":"y"}]}', "a[1].prefixx must be one of prefix, suffix"],
  ["a form spelt wrong", '{"a":[{"Prefix":"y"}]}', "did you mean prefix?"],
  ["a form of the language", '{"a":[{"constructor":"y"}]}', "a[0].constructor must be one of"],
  ["a prefix of a number", '{"a":[{"prefix":1}]}', "a[0].prefix must be a string, got a number"],
  ["a suffix of a list", '{"a":[{"suffix":["x"]}]}', "a[0].suffix must be a string, got a list"],
  ["contains of null", '{"a":[{"contains":null}]}', "a[0].contains must be a string, got null"],
  ["anything but nothing", '{"a":[{"anything-but":[]}]}', "a[0].anything-but must name at least one value"],
  [
    "anything but true",
    '{"a":[{"anything-but":[1,true]}]}',
    "a[0].anything-but[1] must be a string or a number",
  ],
  ["anything but a suffix", '{"a":[{"anything-but":{"suffix":"x"}}]}', "a[0].anything-but must be a string"],
  [
    "anything but a numeric prefix",
    '{"a":[{"anything-but":{"prefix":1}}]}',
    "a[0].anything-but.prefix must be",
  ],
  [
    "numeric without a number",
    '{"a":[{"numeric":[">"]}]}',
    "a[0].numeric must be a list of operator and number",
  ],
  ["numeric of three", '{"a":[{"numeric":[">",1,"<",2,"=",3]}]}', "a[0].numeric must hold at most 2"],
  [
    "an unknown operator",
    '{"a":[{"numeric":["==",1]}]}',
    'a[0].numeric[0] must be one of = > >= < <=, got "=="',
  ],
  ["a number as text", '{"a":[{"numeric":[">","1"]}]}', "a[0].numeric[1] must be a number, got a string"],
  [
    "cidr without bits",
    '{"a":[{"cidr":"10.0.0.0"}]}',
    'a[0].cidr must be an IPv4 block such as "10.0.0.0/24"',
  ],
  ["cidr of 33 bits", '{"a":[{"cidr":"10.0.0.0/33"}]}', "a[0].cidr must be an IPv4 block"],
  ["cidr beyond 255", '{"a":[{"cidr":"10.0.0.256/8"}]}', "a[0].cidr must be an IPv4 block"],
  ["cidr of version 6", '{"a":[{"cidr":"::1/128"}]}', "a[0].cidr must be an IPv4 block"],
  ["exists as text", '{"a":[{"exists":"true"}]}', "a[0].exists must be true or false, got a string"],
  [
    "six forms",
    `{"a":[${Array(6).fill('{"prefix":"x"}').join()}]}`,
    "a must hold at most 5 forms of comparison, got 6",
  ],
  ["a reserved key", '{"__proto__":["x"]}', "__proto__ is a reserved name"],
  ["deep nesting", `${'{"a":'.repeat(70)}["x"]${"}".repeat(70)}`, "is nested deeper than 64 levels"],
];

describe("event patterns", () => {
  it.each(cases)("MQ-12: %s", (_, pattern, expected) => {
    expect(patternProblem(pattern)).toBeUndefined();
    expect(matchesPattern(pattern, event)).toBe(expected);
    expect(patternMatcher(JSON.stringify(pattern))(event)).toBe(expected);
  });

  it.each(refused)("MQ-12 refuses %s, naming the key", (_, text, said) => {
    const problem = patternTextProblem(text);
    const whole = problem?.at ? `${problem.at} ${problem.text}` : problem?.text;
    expect(problem?.rule).toBe("MQ-12");
    expect(whole).toContain(said);
    expect(() => patternMatcher(text)).toThrow(/ \[MQ-12\]$/);
    expect(() => patternMatcher(text)).toThrow(EventError);
  });

  it("MQ-12: empty text matches every event", () => {
    expect(patternTextProblem("")).toBeUndefined();
    expect(patternMatcher(" ")({ a: 1 })).toBe(true);
    expect(matchesPattern({}, [])).toBe(true);
    expect(matchesPattern({}, undefined)).toBe(true);
  });

  it("takes five forms for one key", () => {
    const forms = ["a", "b", "c", "d", "e"].map((prefix) => ({ prefix }));
    expect(patternProblem({ a: forms })).toBeUndefined();
    expect(patternProblem({ a: ["x", "y", ...forms] })).toBeUndefined();
  });

  it("throws nothing but its documented error, and nothing once the pattern is judged", () => {
    const pattern = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(
        fc.constantFrom("a", "b", "data"),
        fc.array(
          fc.oneof(
            fc.jsonValue(),
            fc.record({ prefix: fc.string() }),
            fc.record({ numeric: fc.tuple(fc.constantFrom("<", "="), fc.double()) }),
            fc.record({ "anything-but": fc.jsonValue() }),
            fc.record({ exists: fc.boolean() }),
          ),
          { minLength: 1, maxLength: 4 },
        ),
      ),
    );
    fc.assert(
      fc.property(pattern, fc.anything(), (given, happened) => {
        const problem = patternProblem(given);
        if (problem) {
          expect(problem.rule).toBe("MQ-12");
          expect(() => matchesPattern(given, happened)).toThrow(EventError);
        } else expect(typeof matchesPattern(given, happened)).toBe("boolean");
      }),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (patternTextProblem(text)) expect(() => patternMatcher(text)).toThrow(EventError);
        else expect(typeof patternMatcher(text)({})).toBe("boolean");
      }),
    );
  });
});
