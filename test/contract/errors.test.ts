import { describe, expect, it } from "vitest";
import { DTS_ERRORS, type ErrorEntry, GATEWAY_ERRORS, serviceError } from "../../contract/errors/index.ts";

const entries: [string, ErrorEntry][] = [...Object.entries(GATEWAY_ERRORS), ...Object.entries(DTS_ERRORS)];

describe("error tables", () => {
  it.each(entries)("%s has a status of a failure, a text and a mark", (_, entry) => {
    expect(entry.httpStatus).toBeGreaterThanOrEqual(400);
    expect(entry.message.trim()).not.toBe("");
    expect(["documented", "observed", "chosen"]).toContain(entry.basis);
  });

  it("holds every code once in a table", () => {
    for (const table of [GATEWAY_ERRORS, DTS_ERRORS]) {
      const codes = Object.values(table).map((entry) => entry.code);
      expect(new Set(codes).size).toBe(codes.length);
    }
  });
});

describe("serviceError", () => {
  it("fills the parameter's name into code and text", () => {
    const error = serviceError(GATEWAY_ERRORS.Missing, { parameter: "groupName" });
    expect(error).toMatchObject({ code: "MissingGroupName", httpStatus: 400, retryable: false });
    expect(error.message).toBe("GroupName is mandatory for this action.");
  });

  it("fills the dynamic message, else the parameter", () => {
    const parameter = "DtsJobId";
    expect(serviceError(DTS_ERRORS.InvalidParameter, { parameter }).message).toBe(
      "The Value of Input Parameter DtsJobId is not valid.",
    );
    expect(serviceError(DTS_ERRORS.InvalidJobId, { parameter, dynamicMessage: "$& %s" }).message).toBe(
      "The Value of Input Parameter $& %s is not valid.",
    );
  });

  it("says detail behind the text and leaves an own message as it is", () => {
    expect(serviceError(GATEWAY_ERRORS.Throttling, { detail: "Wait." }).message).toMatch(/control\. Wait\.$/);
    expect(serviceError(GATEWAY_ERRORS.Invalid, { parameter: "A", message: "100%s {Name}" }).message).toBe(
      "100%s {Name}",
    );
  });
});
