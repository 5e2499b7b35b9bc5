import { expect, it } from "vitest";
import { failureInBody, toApiError } from "../../../provider/runtime/api/errors.ts";

it("an answer that repeats a secret does not bring it into our message", () => {
  const data = {
    Code: "InvalidWebhook",
    Message: 'https://h/?t=Geheim is refused; {"Password":"%47eheim"} Source=Geheim2 at http://u:pw@h/',
    RequestId: "r",
  };
  const thrown = Object.assign(new Error("x"), { statusCode: 400, data });
  const { message, code } = toApiError("PutContact", "h", thrown).without(["Geheim2", "https://h/?t=Geheim"]);
  expect(message).not.toMatch(/t=Geheim|Geheim2|pw@/);
  expect(code).toBe("InvalidWebhook");
});

it("what was signed is repeated by no kind of failure", () => {
  const text = "does not match. server string to sign is:POST&Password%3DGeheim";
  const failure = failureInBody("Put", { Success: false, Code: "SignatureDoesNotMatch", Message: text });
  expect(failure?.message).not.toContain("Geheim");
});
