import { expect, it } from "vitest";
import { answerOf } from "../../../../provider/runtime/api/answer.ts";
import { type ApiError, failureInBody } from "../../../../provider/runtime/api/errors.ts";
import { parseEndpoint } from "../../../../provider/runtime/host/settings.ts";

it("an answer that repeats a secret does not bring it into our message", () => {
  const data = {
    Code: "InvalidWebhook",
    Message: 'https://h/?t=Geheim is refused; {"Password":"%47eheim"} Source=Geheim2 at http://u:pw@h/',
    RequestId: "r",
  };
  const answer = { status: 400, contentType: "application/json", body: JSON.stringify(data) };
  let thrown: ApiError | undefined;
  try {
    answerOf("PutContact", parseEndpoint("h", "changetracking:endpoint"), answer);
  } catch (error) {
    thrown = (error as ApiError).without(["Geheim2", "https://h/?t=Geheim"]);
  }
  const { message = "", code, detail = "" } = thrown ?? {};
  expect(message + detail).not.toMatch(/t=Geheim|Geheim2|pw@/);
  expect(code).toBe("InvalidWebhook");
});

it("what was signed is repeated by no kind of failure", () => {
  const text = "does not match. server string to sign is:POST&Password%3DGeheim";
  const failure = failureInBody("Put", { Success: false, Code: "SignatureDoesNotMatch", Message: text });
  expect(failure?.message).not.toContain("Geheim");
});
