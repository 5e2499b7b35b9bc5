import { describe, expect, it } from "vitest";
import { messagesOf, withFailure } from "../../../provider/review/messages.ts";
import { previewWith, urnOf } from "./support.ts";

const urn = urnOf("ConsumerGroup", "billing");
const texts = (list: readonly { text: string }[]) => list.map(({ text }) => text);

describe("what a preview says", () => {
  it("keeps every refusal, by the program and by the engine, once", () => {
    const { refusals, failures } = messagesOf([
      {
        urn,
        severity: "error",
        message: "error: billing: account must be 1 to 16 characters long, got 23 [DTS-4]\n",
      },
      {
        urn,
        severity: "error",
        message: "error: billing: account must be 1 to 16 characters long, got 23 [DTS-4]\n",
      },
      {
        urn,
        severity: "error",
        message:
          "error: pulumi-nodejs:dynamic/changetracking:ConsumerGroup resource 'billing' has a problem: instance is full [DTS-1]",
      },
      {
        severity: "error",
        message: "error: Some inputs are refused: see the errors at their resources. Nothing was changed.\n",
      },
      { severity: "error", message: "error: preview failed" },
    ]);
    expect(texts(refusals)).toEqual([
      "account must be 1 to 16 characters long, got 23 [DTS-4]",
      "instance is full [DTS-1]",
    ]);
    expect(failures).toEqual([]);
  });

  it("an older CLI's refusal is told without the value that it shows", () => {
    const message =
      "error: pulumi-nodejs:dynamic/changetracking:ConsumerGroup resource 'billing': property password value {Pw-1234567} " +
      "has a problem: password must be 8 to 32 characters long";
    expect(texts(messagesOf([{ urn, severity: "error", message }]).refusals)).toEqual([
      "password must be 8 to 32 characters long",
    ]);
  });

  it("the way to the service, and what the program throws, is a failure and no refusal", () => {
    const { refusals, failures } = messagesOf([
      {
        urn,
        severity: "error",
        message: "error: billing: Nothing answers at http://127.0.0.1:1. [Unreachable]",
      },
      {
        severity: "error",
        message:
          "error: Running program '/srv/index.js' failed with an unhandled exception:\nError: \u001b[31mboom\u001b[39m password=Pw-1234567\n    at Object.<anonymous> (/srv/index.js:1:2)\n    at x",
      },
    ]);
    expect(refusals).toEqual([]);
    expect(texts(failures)).toEqual([
      "Nothing answers at http://127.0.0.1:1. [Unreachable]",
      "Running program '/srv/index.js' failed with an unhandled exception:\nError: boom password=***",
    ]);
  });

  it("a run that failed without a word in its JSON has failed nonetheless", () => {
    const failuresOf = (message: string | undefined, failure: string | undefined) => {
      const diagnostics = message === undefined ? [] : [{ severity: "error", message }];
      return texts(messagesOf(withFailure(previewWith([], { diagnostics }), failure).diagnostics).failures);
    };
    const failure = "`pulumi preview` in /srv ended with 255: it said nothing";
    expect(failuresOf(undefined, undefined)).toEqual([]);
    expect(failuresOf(undefined, failure)).toEqual([failure]);
    expect(failuresOf("error: preview failed", failure)).toEqual([failure]);
    expect(failuresOf("error: boom", failure)).toEqual(["boom"]);
  });

  it("keeps warnings and remarks of the provider, and leaves out what programs log", () => {
    const { remarks } = messagesOf([
      { urn, severity: "warning", message: "warning: it is replaced\n" },
      { severity: "warning", message: "warning: changetracking:endpiont is no setting" },
      { urn, severity: "info", message: "info: it goes on" },
      { severity: "info#err", message: "a program's own line" },
      { urn: "urn:pulumi:dev::t::aws:s3/bucket:Bucket::b", severity: "warning", message: "warning: theirs" },
    ]);
    expect(texts(remarks)).toEqual(["it is replaced", "changetracking:endpiont is no setting", "it goes on"]);
  });
});
