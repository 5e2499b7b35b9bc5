import { describe, expect, it } from "vitest";
import { kindOf, nameOf, readPreview, stackOf } from "../../../provider/review/preview.ts";
import { recordedText, urnOf } from "./support.ts";

describe("the JSON of a preview", () => {
  it.each([
    ["", "it is empty"],
    ["error: no stack selected", "it is no JSON text"],
    ['{"steps": [{"op": 1}]}', "steps.0.op"],
    ["{}", "neither steps nor diagnostics"],
    ['{"type":"preludeEvent"}\n{"type":"resourcePreEvent"}', "it is no JSON text"],
  ])("refuses %j", (text, why) => {
    expect(() => readPreview(text)).toThrow(why);
    expect(() => readPreview(text)).toThrow("[InvalidPreview]");
  });

  it("refuses values that are nested without end, of its own resources; others' values are not looked at", () => {
    const deep = `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`;
    const text = (urn: string) =>
      `{"steps":[{"op":"update","urn":"${urn}","oldState":{"inputs":{"x":1}},"newState":{"inputs":{"x":${deep}}}}]}`;
    expect(() => readPreview(text(urnOf("ConsumerGroup", "a")))).toThrow(
      /steps\.0: a value of it is nested deeper/,
    );
    expect(readPreview(text("urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs")).steps.length).toBe(1);
  });

  it("lets through what a newer CLI adds", () => {
    const text = JSON.stringify({ ...JSON.parse(recordedText("change")), steering: { wheel: true } });
    expect(readPreview(text).steps.length).toBeGreaterThan(5);
  });

  it("takes URNs apart, also of components and of names with colons", () => {
    const urn = "urn:pulumi:dev::shop::my:own:Team$pulumi-nodejs:dynamic/changetracking:ConsumerGroup::a::b";
    expect([kindOf(urn), nameOf(urn), stackOf(urn)]).toEqual(["ConsumerGroup", "a::b", "dev"]);
    expect(kindOf("urn:pulumi:dev::shop::aws:s3/bucket:Bucket::logs")).toBeUndefined();
    expect(kindOf(urnOf("AlertRule", "x"))).toBe("AlertRule");
    expect(kindOf(urn.replace("ConsumerGroup", "OfTomorrow"))).toBeUndefined();
    expect(kindOf(urn.replace("ConsumerGroup", "constructor"))).toBeUndefined();
  });
});
