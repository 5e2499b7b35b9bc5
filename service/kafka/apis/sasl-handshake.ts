import { ERROR_CODE } from "../error-code.ts";
import { MECHANISM } from "../login.ts";
import { arrayOf, int16, string } from "../wire/fields.ts";
import { openApi } from "./api.ts";

/**
 * SaslHandshake (17), 0-1: names the mechanism.
 * - After version 0 the token follows as a bare frame, after version 1 as SaslAuthenticate. PLAIN only. Logging in anew on
 *   the same connection is not offered.
 */
export const saslHandshake = openApi({
  key: 17,
  name: "SaslHandshake",
  versions: "0-1",
  request: { mechanism: string("0+") },
  answer: { errorCode: int16("0+"), mechanisms: arrayOf("0+", string("0+")) },
  handle({ version, login }, { mechanism }) {
    const mechanisms = [MECHANISM];
    if (mechanism !== MECHANISM) return { errorCode: ERROR_CODE.unsupportedSaslMechanism, mechanisms };
    if (!login.handshake(version === 0)) return { errorCode: ERROR_CODE.illegalSaslState, mechanisms };
    return { mechanisms };
  },
});
