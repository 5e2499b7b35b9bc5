import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EventError } from "../../../contract/eventbridge/failure.ts";
import { jsonPathProblem, openJsonPath } from "../../../contract/eventbridge/json-path.ts";
import { propertiesBuilder } from "../../../contract/eventbridge/properties.ts";
import {
  FORM_NAMES,
  type Part,
  partBuilder,
  partProblem,
  textOf,
  variablesOf,
} from "../../../contract/eventbridge/transform.ts";

const event = {
  id: "7adc8c1a-645d-4476-bdef-5d6fb57f****",
  source: "acs.dts",
  data: {
    name: "db_1",
    body: { order: 7, paid: true },
    tags: ["a", "b"],
    nothing: null,
    rows: [{ op: "INSERT" }, { op: "DELETE" }],
    "with space": 1,
    userProperties: { color: "red", size: 3 },
    systemProperties: { UNIQ_KEY: "AC14", KEYS: "k1", TAGS: "t1" },
  },
};

const paths: [string, unknown][] = [
  ["$", event],
  ["$.data.body", event.data.body],
  ["$.data.systemProperties.KEYS", "k1"],
  ["$.data.systemProperties.TAGS", "t1"],
  ["$['data']['name']", "db_1"],
  ['$["data"]["with space"]', 1],
  ["$.data.tags[0]", "a"],
  ["$.data.tags[-1]", "b"],
  ["$.data.tags[*]", ["a", "b"]],
  ["$.data.tags[0:1]", ["a"]],
  ["$.data.rows[*].op", ["INSERT", "DELETE"]],
  ["$..op", ["INSERT", "DELETE"]],
  ["$.data.nothing", null],
  ["$.data.missing", undefined],
  ["$.data.missing[*]", []],
  ["$.data.name.deeper", undefined],
  ["$.constructor", undefined],
];

const badPaths: [string, string][] = [
  ["", "must be a JSONPath such as $.data.name"],
  ["data.name", "it goes wrong at character 1"],
  ["$.", "must be a JSONPath"],
  ["$.a b", "it goes wrong at character"],
  ["$[", "must be a JSONPath"],
  ["$.a[?@.b==1]", "without a filter (?)"],
  ["$[?match(@.a, '(a+)+$')]", "without a filter (?)"],
  ["$[0,0]", "one selector in each pair of brackets"],
  ["$..a..b..c", "at most 2 times .., got 3"],
  [`$${".a".repeat(33)}`, "at most 32 steps, got 33"],
  [`$.${"a".repeat(511)}`, "at most 512 characters, got 513"],
  ["$.a[(process.exit())]", "must be a JSONPath"],
];

const built: [string, Part, unknown][] = [
  ["Complete Data", { Form: "ORIGINAL" }, event],
  ["Complete Data with a value that does not count", { Form: "ORIGINAL", Value: "$.x" }, event],
  ["Data Extraction", { Form: "JSONPATH", Value: "$.data.body" }, event.data.body],
  ["Data Extraction of what is not there", { Form: "JSONPATH", Value: "$.no" }, undefined],
  ["Fixed Value", { Form: "CONSTANT", Value: "orders" }, "orders"],
  ["Fixed Value that looks like a path", { Form: "CONSTANT", Value: "$.data" }, "$.data"],
  ["no form", { Value: "orders" }, "orders"],
  [
    "Template, as published",
    {
      Form: "TEMPLATE",
      Value: '{"key":"$.source","value":"$.data.name"}',
      Template: `The value of \${key} is \${value}!`,
    },
    "The value of acs.dts is db_1!",
  ],
  [
    "Template with a constant",
    { Form: "TEMPLATE", Value: '{"a":"x","b":2}', Template: `\${a}\${b}\${a}` },
    "x2x",
  ],
  [
    "Template with an object",
    { Form: "TEMPLATE", Value: '{"o":"$.data.body"}', Template: `{"in":\${o}}` },
    '{"in":{"order":7,"paid":true}}',
  ],
  [
    "Template with null",
    { Form: "TEMPLATE", Value: '{"n":"$.data.nothing"}', Template: `<\${n}>` },
    "<null>",
  ],
  ["Template with what is not there", { Form: "TEMPLATE", Value: '{"n":"$.no"}', Template: `<\${n}>` }, "<>"],
  [
    "Template with marks of replacing",
    { Form: "TEMPLATE", Value: '{"a":"$&$1"}', Template: `<\${a}>` },
    "<$&$1>",
  ],
  ["Template without variables", { Form: "TEMPLATE", Value: "{}", Template: "plain $ {a}" }, "plain $ {a}"],
];

const badParts: [string, Part, string, string][] = [
  ["an unknown form", { Form: "JSON" }, "Form", "must be ORIGINAL (Complete Data)"],
  ["an extraction without a path", { Form: "JSONPATH" }, "Value", "is required: a JSONPath"],
  ["an extraction of no path", { Form: "JSONPATH", Value: "data" }, "Value", '"data"'],
  ["a fixed value without one", { Form: "CONSTANT", Value: "" }, "Value", "is required: the fixed value"],
  ["nothing at all", {}, "Value", "is required: the fixed value"],
  [
    "a template without parameters",
    { Form: "TEMPLATE", Template: "a" },
    "Value",
    "is required: the parameters",
  ],
  ["a template without a text", { Form: "TEMPLATE", Value: "{}" }, "Template", "is required"],
  ["parameters that are no JSON", { Form: "TEMPLATE", Value: "{", Template: "a" }, "Value", "valid JSON"],
  ["parameters in a list", { Form: "TEMPLATE", Value: "[]", Template: "a" }, "Value", "got a list"],
  [
    "a variable that is not declared",
    { Form: "TEMPLATE", Value: '{"a":"$.a"}', Template: `\${a} \${b}` },
    "Template",
    `uses \${b}, which is not declared; declared: a`,
  ],
  [
    "a variable of the language",
    { Form: "TEMPLATE", Value: "{}", Template: `\${toString}` },
    "Template",
    "toString",
  ],
  [
    "a parameter with no path",
    { Form: "TEMPLATE", Value: '{"a":"$.["}', Template: `\${a}` },
    "Value.a",
    'got "$.["',
  ],
];

describe("JSONPath", () => {
  it.each(paths)("MQ-11: %s", (path, expected) => {
    expect(jsonPathProblem(path)).toBeUndefined();
    expect(openJsonPath(path)?.read(event)).toEqual(expected);
  });

  it.each(badPaths)("MQ-11 refuses %s", (path, said) => {
    expect(jsonPathProblem(path)?.text).toContain(said);
    expect(jsonPathProblem(path)?.rule).toBe("MQ-11");
    expect(openJsonPath(path)).toBeUndefined();
  });
});

describe("transformation", () => {
  it.each(built)("MQ-11: %s", (_, part, expected) => {
    expect(partProblem(part, FORM_NAMES)).toBeUndefined();
    expect(partBuilder(part)(event)).toEqual(expected);
  });

  it.each(badParts)("MQ-11 refuses %s", (_, part, at, said) => {
    const problem = partProblem(part, FORM_NAMES, "MQ-11");
    expect(problem).toMatchObject({ at, text: expect.stringContaining(said) });
    expect(problem?.rule).toBe("MQ-11");
    expect(() => partBuilder(part)).toThrow(EventError);
  });

  it("carries texts as they are and everything else as JSON", () => {
    expect(["a", 1, null, undefined, { b: [true] }].map(textOf)).toEqual([
      "a",
      "1",
      "null",
      "",
      '{"b":[true]}',
    ]);
    expect(variablesOf(`\${a}\${b} \${a} $c \${d`)).toEqual(["a", "b"]);
  });

  it("throws nothing but its documented error", () => {
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.constantFrom("$", "$.a", "$..a", "$[*]", '{"a":"$.a"}', '{"a":"$..*"}', `\${a}`, `\${`, "$.a[?@.b]"),
    );
    const part = fc.record(
      { Form: fc.constantFrom(...FORM_NAMES, "", "X"), Value: text, Template: text },
      { requiredKeys: [] },
    );
    const orDocumented = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        expect(error).toBeInstanceOf(EventError);
      }
    };
    fc.assert(
      fc.property(part, fc.anything(), (given, happened) => {
        orDocumented(() => textOf(partBuilder(given)(happened)));
        orDocumented(() => propertiesBuilder(given)(happened));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("properties of a message", () => {
  const template = (Value: object, Template: string): Part => ({
    Form: "TEMPLATE",
    Value: JSON.stringify(Value),
    Template,
  });

  it("MQ-16: EB_SYS_EMBED_OBJECT spreads an object, as in the published example", () => {
    const part = template(
      { userProperties: "$.data.userProperties", msgId: "$.data.systemProperties.UNIQ_KEY" },
      `{ "EB_SYS_EMBED_OBJECT": "\${userProperties}", "UNIQ_KEY": "\${msgId}" }`,
    );
    expect(propertiesBuilder(part)(event)).toEqual({ color: "red", size: "3", UNIQ_KEY: "AC14" });
  });

  it("MQ-16: takes the object without quotes too, and a text under that name as a property", () => {
    const o = { o: "$.data.userProperties", t: "$.data.name", n: "$.no" };
    expect(propertiesBuilder(template(o, `{"EB_SYS_EMBED_OBJECT": \${o}}`))(event)).toEqual({
      color: "red",
      size: "3",
    });
    expect(
      propertiesBuilder(template(o, `{"EB_SYS_EMBED_OBJECT":"\${t}","x":"\${n}","y":"<\${n}>"}`))(event),
    ).toEqual({
      EB_SYS_EMBED_OBJECT: "db_1",
      y: "<>",
    });
  });

  it("MQ-9: an extraction gives the members of an object", () => {
    const part = { Form: "JSONPATH", Value: "$.data.userProperties" };
    expect(propertiesBuilder(part)(event)).toEqual({ color: "red", size: "3" });
    expect(propertiesBuilder({ Form: "JSONPATH", Value: "$.no" })(event)).toEqual({});
    expect(() => propertiesBuilder({ Form: "JSONPATH", Value: "$.data.name" })(event)).toThrow(
      /must come to an object/,
    );
  });
});
