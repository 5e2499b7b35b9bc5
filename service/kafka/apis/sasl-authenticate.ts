import { ERROR_CODE } from "../error-code.ts";
import { bytes, int16, int64, nullableString } from "../wire/fields.ts";
import { openApi } from "./api.ts";

/**
 * SaslAuthenticate (36), 0-2: user and password.
 * - v1 adds how long the session lasts: without end. The connection is closed after a refusal. What was wrong is not told.
 */
export const saslAuthenticate = openApi({
  key: 36,
  name: "SaslAuthenticate",
  versions: "0-2",
  flexibleFrom: 2,
  request: { authBytes: bytes("0+") },
  answer: {
    errorCode: int16("0+"),
    errorMessage: nullableString("0+"),
    authBytes: bytes("0+"),
    sessionLifetimeMs: int64("1+"),
  },
  async handle({ login }, { authBytes }) {
    if (login.principal !== undefined) {
      return {
        errorCode: ERROR_CODE.illegalSaslState,
        errorMessage: "This connection is logged in already.",
      };
    }
    if (await login.authenticate(authBytes)) return {};
    return {
      errorCode: ERROR_CODE.saslAuthenticationFailed,
      errorMessage:
        "Authentication failed: the user name (<account>-<group id>) or the password is wrong, or the group has too many connections.",
    };
  },
});
