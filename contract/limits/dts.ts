import type { Refusal } from "../validation/refusal.ts";
import { CONSUMPTION_MODE_NAMES, ENGINE_NAMES } from "./engines.ts";
import { codePointCount, shown } from "./message.ts";
import { boundedInteger, boundedText, oneOf, refuse, stringOf } from "./text.ts";

/** DTS-1: consumer groups of one change tracking instance (help documents 120659, 300457). */
export const MAX_GROUPS_PER_INSTANCE = 20;
/** DTS-11: the one status of a tracking task in which it takes consumer groups. */
export const GROUPS_NEED_STATUS = "Normal";

const PASSWORD_CHARS = { min: 8, max: 32 } as const;
/** DTS-7: how many of the four kinds of characters a password needs. */
const PASSWORD_KINDS_MIN = 2;

/** DTS-3: required, 1 to 128 characters (code points), any characters. */
export const consumerGroupName = boundedText(1, 128, "DTS-3");

const ACCOUNT = /^[A-Za-z0-9_]*$/;

/** DTS-4 and DTS-5: 1 to 16 of `A-Z a-z 0-9 _`. */
export const consumerGroupAccount = boundedText(1, 16, "DTS-4")
  .superRefine((value, ctx) => {
    if (!ACCOUNT.test(value)) {
      refuse(ctx, `must contain only A-Z, a-z, 0-9 and _, got ${shown(value)}`, "DTS-5");
    }
  })
  .meta({ pattern: ACCOUNT.source });

const KINDS = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/] as const;

/**
 * DTS-6 and DTS-7: 8 to 32 characters with at least two of upper case, lower case, digit, special. Special is
 * any other printable ASCII character, the space included; a character that is not printable ASCII belongs
 * to no kind and is refused. The value is in no message.
 */
export const consumerGroupPassword = stringOf("a string", "DTS-6").superRefine((value, ctx) => {
  const count = codePointCount(value);
  const { min, max } = PASSWORD_CHARS;
  if (count < min || count > max) {
    refuse(ctx, `must be ${min} to ${max} characters long, got ${count}`, "DTS-6");
  }
  if (/[^\x20-\x7e]/.test(value)) {
    refuse(ctx, "must contain only printable ASCII characters (0x20 to 0x7e), got others", "DTS-7");
    return;
  }
  const kinds = KINDS.filter((kind) => kind.test(value)).length;
  if (count > 0 && kinds < PASSWORD_KINDS_MIN) {
    const expected = "upper case letters, lower case letters, digits and special characters";
    refuse(ctx, `must contain at least ${PASSWORD_KINDS_MIN} of ${expected}, got ${kinds}`, "DTS-7");
  }
});

/**
 * The refusal of DTS-1, to be put behind the instance's name, for an instance that has, or would get, `count`
 * groups; undefined up to the limit.
 */
export function groupCountRefusal(count: number): Refusal | undefined {
  if (count <= MAX_GROUPS_PER_INSTANCE) return undefined;
  return {
    text: `must have at most ${MAX_GROUPS_PER_INSTANCE} consumer groups, got ${count}`,
    rule: "DTS-1",
  };
}

/** How the service reaches the source: `SourceEndpointInstanceType`, words as published. */
export const ACCESS_METHODS = {
  RDS: { title: "ApsaraDB RDS instance", by: "instanceId" },
  PolarDB: { title: "PolarDB cluster", by: "instanceId" },
  DRDS: { title: "PolarDB-X instance", by: "instanceId" },
  LocalInstance: { title: "self-managed, public IP address", by: "host" },
  ECS: { title: "self-managed on an ECS instance", by: "hostOrInstanceId" },
  Express: { title: "self-managed, over Express Connect", by: "host" },
  CEN: { title: "self-managed, over Cloud Enterprise Network", by: "host" },
  dg: { title: "self-managed, over Database Gateway", by: "hostOrInstanceId" },
} as const;

export type AccessMethod = keyof typeof ACCESS_METHODS;
export const ACCESS_METHOD_NAMES = Object.keys(ACCESS_METHODS) as [AccessMethod, ...AccessMethod[]];

export const engineName = oneOf(ENGINE_NAMES);
export const consumptionMode = oneOf(CONSUMPTION_MODE_NAMES, "DTS-10");
export const accessMethod = oneOf(ACCESS_METHOD_NAMES);

/** Job name, need not be unique. No limit is published; 128 is chosen, as for groups. */
export const instanceName = boundedText(1, 128);

/** The year 9999, in seconds since the epoch. Larger numbers are milliseconds by mistake. */
export const EPOCH_SECONDS_MAX = 253_402_300_799;

const REGION = /^[a-z]{2,16}(-[a-z0-9]{1,16}){1,4}$/;

/** Published region ids: `cn-hangzhou`, `us-west-1`, `cn-shanghai-finance-1`. */
export const regionId = stringOf("a region id")
  .superRefine((value, ctx) => {
    if (!REGION.test(value)) refuse(ctx, `must be a region id such as cn-hangzhou, got ${shown(value)}`);
  })
  .meta({ pattern: REGION.source });

const HOST_NAME = /^[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9_])?$/;
const IPV6 = /^[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f.]{0,15}){2,8}$/;

/** Host name or address without scheme, port or path. */
export const host = stringOf("a host name or address").superRefine((value, ctx) => {
  if (value.length > 253 || !(HOST_NAME.test(value) || IPV6.test(value))) {
    refuse(ctx, `must be a host name or an IP address without scheme and port, got ${shown(value)}`);
  }
});

export const port = boundedInteger(1, 65535);

const RESOURCE_ID = /^[A-Za-z0-9_-]{1,128}$/;

/** Ids of instances and groups as the products make them. */
export const resourceId = stringOf("an id")
  .superRefine((value, ctx) => {
    if (!RESOURCE_ID.test(value)) {
      refuse(ctx, `must be an id of 1 to 128 letters, digits, - and _, got ${shown(value)}`);
    }
  })
  .meta({ pattern: RESOURCE_ID.source });
