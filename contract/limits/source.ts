import { ACCESS_METHODS, type AccessMethod } from "./dts.ts";
import { ENGINE_NAMES, ENGINES } from "./engines.ts";
import { nearest, shown } from "./message.ts";
import { boundedText, refuse, stringOf } from "./text.ts";

/** Database, account, password and system id of a source. No limit is published; 256 is chosen. */
export const sourceWord = boundedText(1, 256);
/** Names of databases and tables, as for `sourceWord`. They become keys of objects, so one name cannot be taken. */
export const objectName = boundedText(1, 256).superRefine((value, ctx) => {
  if (value === "__proto__") refuse(ctx, "must be another name, got the reserved __proto__");
});

/** Engines by their wire names, without case; MariaDB is tracked as MySQL is. */
const WIRE_ENGINES = [
  ...new Set([
    ...ENGINE_NAMES.flatMap((name) => [ENGINES[name].createName, ENGINES[name].configureName]),
    "MariaDB",
  ]),
];

/**
 * `SourceEndpointEngineName` of a tracking task, in any case. Other products' engines are published for the same
 * parameter, but their changes cannot be tracked.
 */
export const wireEngineName = stringOf("an engine").superRefine((value, ctx) => {
  if (WIRE_ENGINES.some((name) => name.toLowerCase() === value.toLowerCase())) return;
  const meant = nearest(value, WIRE_ENGINES);
  const hint = meant === undefined ? "" : `; did you mean ${meant}?`;
  refuse(ctx, `must be one of ${WIRE_ENGINES.join(", ")}, got ${shown(value)}${hint}`);
});

/** Where a source is; undefined is what was not given. */
export interface SourceAddress {
  readonly accessMethod?: AccessMethod | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly instanceId?: string | undefined;
}

export interface AddressRefusal {
  /** What is missing. */
  readonly field: "host" | "port" | "instanceId";
  /** To be put behind the field's name. */
  readonly text: string;
}

/** A cloud instance needs its id and a self-managed source its host; without a method either will do. */
export function addressRefusal(address: SourceAddress): AddressRefusal | undefined {
  const { accessMethod: method, host, instanceId } = address;
  const { by, title } = method === undefined ? { by: "hostOrInstanceId", title: "" } : ACCESS_METHODS[method];
  const text =
    method === undefined ? "is required" : `is required for the access method ${method} (${title})`;
  if (by === "instanceId" && instanceId === undefined) return { field: "instanceId", text };
  if (by === "host" && host === undefined) return { field: "host", text };
  if (by === "hostOrInstanceId" && host === undefined && instanceId === undefined) {
    return { field: "host", text: `${text} unless instanceId is given` };
  }
  return undefined;
}

/** A host alone does not say where the database listens. */
export function portRefusal({ host, port }: SourceAddress): AddressRefusal | undefined {
  return host !== undefined && port === undefined
    ? { field: "port", text: "is required where a host is given: 1 to 65535" }
    : undefined;
}

/** The refusal of a task that would track nothing. */
export function dataTypesRefusal(types: {
  dml?: boolean | undefined;
  ddl?: boolean | undefined;
}): string | undefined {
  return types.dml === false && types.ddl === false
    ? "must be true when ddl is false: an instance tracks at least one of them"
    : undefined;
}
