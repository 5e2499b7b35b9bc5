import { createRequire } from "node:module";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { quietPromiseTraces } from "../../provider/promise-traces.ts";

const sdk = createRequire(import.meta.url)("@pulumi/pulumi/runtime/debuggable.js") as {
  debuggablePromise<T>(promise: Promise<T>, context: string): Promise<T>;
};

/** What the SDK has written down of a promise. */
function traceOf(): unknown {
  const promise = Promise.resolve() as Promise<void> & { _debugStackTrace?: unknown };
  void sdk.debuggablePromise(promise, "test");
  return promise._debugStackTrace;
}

const told = () => "told";
let before: typeof Error.prepareStackTrace;

beforeEach(() => {
  before = Error.prepareStackTrace;
  Error.prepareStackTrace = told;
});

afterEach(() => {
  Error.prepareStackTrace = before;
});

describe("the traces of the SDK's promises", () => {
  it("are empty while a resource is made, and nothing else is", () => {
    const asBefore = quietPromiseTraces({});
    expect([traceOf(), new Error("any").stack]).toEqual(["", "told"]);
    asBefore();
    expect([traceOf(), Error.prepareStackTrace]).toEqual(["told", told]);
  });

  it("an error that is made meanwhile is told in full when somebody looks at it later", () => {
    const asBefore = quietPromiseTraces({});
    const error = new Error("any");
    asBefore();
    expect(error.stack).toBe("told");
  });

  it("are written for those who look for promises that never settle", () => {
    const asBefore = quietPromiseTraces({ PULUMI_DEBUG_PROMISE_LEAKS: "true" });
    expect(traceOf()).toBe("told");
    asBefore();
  });

  it("nothing is touched where nobody works on stacks, or somebody else does meanwhile", () => {
    Reflect.deleteProperty(Error, "prepareStackTrace");
    quietPromiseTraces({});
    expect(Error.prepareStackTrace).toBeUndefined();
    Error.prepareStackTrace = told;
    const asBefore = quietPromiseTraces({});
    const others = () => "another";
    Error.prepareStackTrace = others;
    asBefore();
    expect(Error.prepareStackTrace).toBe(others);
  });
});
