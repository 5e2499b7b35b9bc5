import { ERROR_CODE } from "../error-code.ts";
import { array, int16, int32, int64, string, tagged } from "../wire/fields.ts";
import { type Api, openApi } from "./api.ts";

const SOFTWARE_MAX = 64;

/**
 * ApiVersions (18), 0-3: the APIs that are served, each with its versions.
 * - v1 adds the throttle time, v3 the client's software; a version above is answered in the form of version 0 by the
 *   connection. Features are never listed.
 */
export const apiVersions = openApi({
  key: 18,
  name: "ApiVersions",
  versions: "0-3",
  flexibleFrom: 3,
  request: { clientSoftwareName: string("3+"), clientSoftwareVersion: string("3+") },
  answer: {
    errorCode: int16("0+"),
    apiKeys: array("0+", { apiKey: int16("0+"), minVersion: int16("0+"), maxVersion: int16("0+") }),
    throttleTimeMs: int32("1+"),
    supportedFeatures: tagged(
      0,
      array("3+", { name: string("3+"), minVersion: int16("3+"), maxVersion: int16("3+") }),
    ),
    finalizedFeaturesEpoch: tagged(1, int64("3+", -1)),
  },
  handle({ peer, apis }, { clientSoftwareName, clientSoftwareVersion }) {
    if (clientSoftwareName) peer.software = printable(clientSoftwareName);
    if (clientSoftwareVersion) peer.version = printable(clientSoftwareVersion);
    return { apiKeys: versionsServed(apis) };
  },
});

/** For a client that asked in a version that is not served: it looks up here which one is. */
export function tooHigh(apis: readonly Api[]) {
  return { errorCode: ERROR_CODE.unsupportedVersion, apiKeys: versionsServed(apis) };
}

function versionsServed(apis: readonly Api[]) {
  return apis.map(({ key, versions }) => ({
    apiKey: key,
    minVersion: versions.from,
    maxVersion: versions.to,
  }));
}

/** It stands in logs and answers. */
function printable(text: string): string {
  return text.slice(0, SOFTWARE_MAX).replace(/[^\w.+:-]/g, "_");
}
