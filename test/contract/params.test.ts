import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import * as p from "../../contract/params.ts";
import { compileRequest, declaredCase, decodeParameters } from "../../service/core/http/decode-parameters.ts";
import { buildRouter } from "../../service/core/http/router.ts";
import type { Envelope } from "../../service/core/kit/action.ts";
import { shopRoom, stallRoom } from "../service/core/support/rooms.ts";

const schema = z.object({
  Name: p.text(),
  Note: p.optional(p.text(z.string().max(3))),
  Remark: z.optional(p.textOrEmpty()),
  Count: p.withDefault(p.integer({ min: 1, max: 9 }), 5),
  Fresh: p.optional(p.flag()),
  Detail: p.jsonText(z.object({ size: z.number() })),
  Targets: p.optional(p.list(z.object({ Arn: p.text() }), { max: 2 })),
  Ids: p.optional(p.csv({ max: 2 })),
});
const envelope: Envelope = { success: (result) => result, failure: () => ({ httpStatus: 400, body: {} }) };
const good = { Name: "a", Detail: '{"size":1}' };

function decode(input: Record<string, unknown>): unknown {
  const request = compileRequest(schema);
  try {
    return decodeParameters(request, declaredCase(request, input), envelope);
  } catch (error) {
    const { code, message } = error as Error & { code: string };
    return `${code}: ${message}`;
  }
}

describe("parameters", () => {
  it("have the types a handler wants", () => {
    type Output = z.output<typeof schema>;
    expectTypeOf<Output["Name"]>().toEqualTypeOf<string>();
    expectTypeOf<Output["Note"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<Output["Count"]>().toEqualTypeOf<number>();
    expectTypeOf<Output["Fresh"]>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<Output["Detail"]>().toEqualTypeOf<{ size: number }>();
    expectTypeOf<Output["Targets"]>().toEqualTypeOf<{ Arn: string }[] | undefined>();
    expectTypeOf<Output["Ids"]>().toEqualTypeOf<string[] | undefined>();
  });

  it("are read from texts and from JSON values", () => {
    const texts = {
      ...good,
      Note: "n",
      Count: "7",
      Fresh: "True",
      Targets: [{ Arn: "x" }],
      Ids: "a, b,",
    };
    const values = {
      ...good,
      Note: "n",
      Count: 7,
      Fresh: true,
      Detail: { size: 1 },
      Targets: [{ Arn: "x" }],
      Ids: ["a", "b"],
    };
    expect(decode(texts)).toEqual(decode(values));
    expect(decode(values)).toMatchObject({ Count: 7, Fresh: true, Ids: ["a", "b"] });
  });

  it("that are empty count as absent, unless empty means something", () => {
    const empty = { ...good, Note: "", Remark: "", Count: "", Fresh: "", Targets: "", Ids: "" };
    expect(decode(empty)).toEqual({ Name: "a", Detail: { size: 1 }, Remark: "", Count: 5 });
  });

  it.each([
    [{ Name: "" }, "MissingName: Name is mandatory for this action."],
    [{ Name: null }, "MissingName: Name is mandatory for this action."],
    [{ Note: "long" }, /^InvalidNote: Specified parameter Note is not valid\. .*3 characters/],
    [{ Count: "10" }, /^InvalidCount: .*must be an integer from 1 to 9, got 10\./],
    [{ Count: "1e1" }, /^InvalidCount: .*got "1e1"\./],
    [{ Count: 1.5 }, /^InvalidCount: .*got 1\.5\./],
    [{ Fresh: "yes" }, /^InvalidFresh: .*must be true or false, got "yes"\./],
    [{ Detail: "{" }, /^InvalidDetail: .*must be valid JSON text\./],
    [{ Detail: '{"size":"1"}' }, /^InvalidDetail\.size: /],
    [{ Targets: [{ Arn: "a" }, {}] }, "MissingTargets.2.Arn: Targets.2.Arn is mandatory for this action."],
    [
      { Targets: [{ Arn: "a" }, { Arn: "b" }, { Arn: "c" }] },
      /^InvalidTargets: .*must have 0 to 2 items, got 3\./,
    ],
    [{ Ids: "a,b,c" }, /^InvalidIds: .*got 3\./],
  ])("refused: %j", (change, message) => {
    expect(decode({ ...good, ...change })).toEqual(
      typeof message === "string" ? message : expect.stringMatching(message),
    );
  });

  it("are found under the name with the other first letter, also inside refinements and pipes", () => {
    expect(decode({ name: "b", detail: '{"size":2}' })).toMatchObject({ Name: "b", Detail: { size: 2 } });
    const refined = z
      .object({ lowName: p.text() })
      .refine(() => true)
      .transform((value) => value.lowName);
    const request = compileRequest(refined);
    expect(decodeParameters(request, declaredCase(request, { LowName: "x" }), envelope)).toBe("x");
    const either = compileRequest(z.object({ A: z.string(), a: z.string() }));
    expect(decodeParameters(either, declaredCase(either, { A: "1", a: "2" }), envelope)).toEqual({
      A: "1",
      a: "2",
    });
  });
});

describe("routes", () => {
  it("two that answer the same call stop the service", () => {
    const { actions } = shopRoom;
    expect(() => buildRouter([shopRoom, { ...shopRoom, name: "other" }])).toThrow(/two rooms answer version/);
    expect(() => buildRouter([shopRoom, { ...shopRoom, version: "2001-01-01" }])).toThrow(
      /two rooms are named/,
    );
    expect(() => buildRouter([{ ...shopRoom, actions: [...actions, ...actions] }])).toThrow(
      /two actions named PutThing/,
    );
    const again = stallRoom.actions.map((action) => ({ ...action, name: `${action.name}2` }));
    expect(() => buildRouter([{ ...stallRoom, actions: [...stallRoom.actions, ...again] }])).toThrow(
      /two actions answer/,
    );
  });

  it("paths are matched by segments, decoded one by one", () => {
    const router = buildRouter([stallRoom]);
    const find = (path: string, method = "GET") => {
      const match = router.roa(stallRoom.version, method, path);
      return match && [match.action.definition.name, match.pathParams];
    };
    expect(find("/stalls/a%2Fb/items/c%25d")).toEqual(["GetItem", { stallId: "a/b", itemId: "c%d" }]);
    expect(find("/stalls/a/items")).toEqual(["ListItems", { stallId: "a" }]);
    for (const path of [
      "/stalls//items",
      "/stalls/a/items/",
      "/stalls/%zz/items",
      "/",
      "/stalls/a/items/b/c",
    ]) {
      expect(find(path)).toBeUndefined();
    }
    expect(find("/stalls/a/items", "DELETE")).toBeUndefined();
  });
});
