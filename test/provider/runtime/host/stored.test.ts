import { expect, it } from "vitest";
import { ApiError } from "../../../../provider/runtime/api/errors.ts";
import { ProviderError } from "../../../../provider/runtime/host/errors.ts";
import { readSettings } from "../../../../provider/runtime/host/settings.ts";
import { withStoredAdvice } from "../../../../provider/runtime/host/stored.ts";

/* Refresh and destroy without the program use what the last update has stored. */

const stored = readSettings(() => undefined, {});
const refused = (code: string) =>
  new ApiError("DoIt", { kind: "refused", code, message: "No.", requestId: "R" });
const after = (error: unknown, settings = stored) => (withStoredAdvice(settings, error) as Error).message;

it.each(["InvalidAccessKeyId.NotFound", "SignatureDoesNotMatch", "InvalidSecurityToken.Expired"])(
  "%s says how newer keys get there, and keeps its code",
  (code) => {
    expect(after(refused(code))).toMatch(
      /^DoIt: \S+: No\. A refresh or a destroy uses the keys .*`pulumi up` first.*--run-program.*CHANGE_TRACKING_SECURITY_TOKEN for this run \(request R\)$/,
    );
    expect(withStoredAdvice(stored, refused(code))).toMatchObject({ code, kind: "refused" });
  },
);

it("an address that does not answer says how a newer one gets there, and keeps its code last", () => {
  expect(after(new ProviderError("Unreachable", "Nothing answers at x."))).toMatch(
    /^Nothing answers at x\. A refresh.*CHANGE_TRACKING_ENDPOINT for this run \[Unreachable\]$/,
  );
});

it("nothing is said where the environment decides, or where it is no matter of keys and address", () => {
  const environment = {
    CHANGE_TRACKING_ENDPOINT: "http://127.0.0.1:9",
    CHANGE_TRACKING_ACCESS_KEY_ID: "a",
    CHANGE_TRACKING_ACCESS_KEY_SECRET: "b",
  };
  const given = readSettings(() => undefined, environment);
  for (const error of [refused("SignatureDoesNotMatch"), new ProviderError("Unreachable", "m")]) {
    expect(withStoredAdvice(given, error)).toBe(error);
  }
  const others = [
    refused("Forbidden.RAM"),
    refused("InvalidTimeStamp.Expired"),
    new ProviderError("GroupInUse", "m"),
    new TypeError("x"),
  ];
  for (const error of others) expect(withStoredAdvice(stored, error)).toBe(error);
});
