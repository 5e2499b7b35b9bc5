import { z } from "zod";
import { accessMethod, host, port, resourceId } from "../../contract/limits/dts.ts";
import { sourceWord, wireEngineName } from "../../contract/limits/source.ts";
import { optional, text, withDefault } from "../../contract/params.ts";

const wordOrEmpty = withDefault(text(sourceWord), "");

/** Digits as text, or a number. */
const portText = z.preprocess(
  (value) => (typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) : value),
  port,
);

/** Where the instance is reached, by the names of the older family. */
export const networkFields = {
  VPCId: withDefault(text(resourceId), ""),
  VSwitchId: withDefault(text(resourceId), ""),
};

/** The fields of a source, by the names of the older family; the newer puts `SourceEndpoint` before each. */
export const sourceFields = {
  DatabaseName: wordOrEmpty,
  EngineName: optional(text(wireEngineName)),
  IP: optional(host),
  InstanceID: withDefault(text(resourceId), ""),
  InstanceType: optional(accessMethod),
  OracleSID: wordOrEmpty,
  OwnerID: wordOrEmpty,
  Password: optional(text(sourceWord)),
  Port: optional(portText),
  Role: wordOrEmpty,
  UserName: wordOrEmpty,
};
