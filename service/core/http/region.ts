import { GATEWAY_ERRORS, serviceError } from "../../../contract/errors/index.ts";

/** Where a call's region was read; `setting` when the call names none. */
export type RegionSource = "parameter" | "host" | "header" | "setting";

export interface CallRegion {
  readonly region: string;
  readonly from: RegionSource;
}

/** `dts.cn-hangzhou.aliyuncs.com`, `rocketmq-vpc.cn-hangzhou.aliyuncs.com:443`, `iot.cn-hangzhou.localhost`. */
const HOST_FORM = /^[^.]+\.([a-z0-9-]+)\.(?:aliyuncs\.com|localhost)(?::\d+)?$/i;
/** Two letters first: it tells a region from the `vpc-proxy` and the like of other hosts. */
const REGION_LABEL = /^[a-z]{2}(-[a-z0-9]+){1,4}$/;
const NETWORK_SUFFIX = /-(?:vpc|internal)$/;

/**
 * The region that a call names. Older clients send it as a parameter, generated SDKs only have it in the host they
 * call, two clients send a header for routes; what none of them says comes from the settings.
 */
export function regionOfCall(
  input: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string | undefined>>,
  configured: string,
): CallRegion {
  // Many clients add it to every call, declared or not; an empty one means not sent.
  const given = input.RegionId ?? input.regionId;
  if (given !== undefined && given !== "") return { region: parameter(given), from: "parameter" };
  const fromHost = regionOfHost(headers.host ?? "");
  if (fromHost !== undefined) return { region: fromHost, from: "host" };
  const header = headers["x-acs-region-id"]?.toLowerCase() ?? "";
  if (REGION_LABEL.test(header)) return { region: header, from: "header" };
  return { region: configured, from: "setting" };
}

/** The region in a published host name; central hosts (`dts.aliyuncs.com`) and addresses have none. */
export function regionOfHost(host: string): string | undefined {
  const label = HOST_FORM.exec(host)?.[1]?.toLowerCase().replace(NETWORK_SUFFIX, "");
  return label !== undefined && REGION_LABEL.test(label) ? label : undefined;
}

function parameter(given: unknown): string {
  if (typeof given === "string" && /^[a-zA-Z0-9-]{1,64}$/.test(given)) return given;
  throw serviceError(GATEWAY_ERRORS.Invalid, {
    parameter: "RegionId",
    detail: "It must be letters, digits and hyphens.",
  });
}
