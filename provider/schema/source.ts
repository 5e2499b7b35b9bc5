import { z } from "zod";
import {
  ACCESS_METHODS,
  accessMethod,
  engineName,
  host,
  port,
  resourceId,
} from "../../contract/limits/dts.ts";
import {
  type AddressRefusal,
  addressRefusal,
  portRefusal,
  sourceWord as word,
} from "../../contract/limits/source.ts";
import { REPLACES } from "./marks.ts";
import { type FieldsRule, withRules } from "./rules.ts";

const fields = z.strictObject({
  engine: engineName
    .describe(
      "Kind of database: MySQL, PolarDBMySQL, PostgreSQL, Oracle, PolarDBOracle, PolarDBPostgreSQL, PolarDBX1, PolarDBX2 or DMSLogicDB. Source: DTS-10.",
    )
    .meta(REPLACES),
  accessMethod: accessMethod
    .describe(
      "How the service reaches the source: RDS, PolarDB, DRDS, LocalInstance, ECS, Express, CEN or dg. Source: ConfigureSubscription.",
    )
    .meta(REPLACES),
  host: host
    .optional()
    .describe("Host name or IP address, without scheme and port. Needed for LocalInstance, Express and CEN.")
    .meta(REPLACES),
  port: port.optional().describe("TCP port, 1 to 65535. Needed wherever `host` is given.").meta(REPLACES),
  instanceId: resourceId
    .optional()
    .describe(
      "Id of the source instance. Needed for RDS, PolarDB and DRDS; for ECS and dg instead of `host`.",
    )
    .meta(REPLACES),
  databaseName: word
    .optional()
    .describe("Database to connect to, 1 to 256 characters. Default: chosen by the engine.")
    .meta(REPLACES),
  user: word
    .optional()
    .describe("Account on the source, 1 to 256 characters. Needed with a self-managed source."),
  password: word
    .optional()
    .describe("Password of the account, 1 to 256 characters. Secret. Needed with a self-managed source."),
  oracleSid: word
    .optional()
    .describe("System id of an Oracle database outside RAC, 1 to 256 characters. Default none.")
    .meta(REPLACES),
});

type Source = z.output<typeof fields>;

const address: FieldsRule<Source> = {
  reads: [["accessMethod"], ["host"], ["instanceId"]],
  refuse: (source) => refused(addressRefusal(source)),
};

const portWithHost: FieldsRule<Source> = {
  reads: [["host"], ["port"]],
  refuse: (source) => refused(portRefusal(source)),
};

const credentials: readonly FieldsRule<Source>[] = (["user", "password"] as const).map((field) => ({
  reads: [["accessMethod"], [field]],
  refuse: (source) =>
    ACCESS_METHODS[source.accessMethod].by !== "instanceId" && source[field] === undefined
      ? { at: [field], text: `is required for the access method ${source.accessMethod}` }
      : undefined,
}));

const sidOnlyForOracle: FieldsRule<Source> = {
  reads: [["engine"], ["oracleSid"]],
  refuse: (source) =>
    source.engine !== "Oracle" && source.oracleSid !== undefined
      ? { at: ["oracleSid"], text: `must be left out for the engine ${source.engine}` }
      : undefined,
};

function refused(found: AddressRefusal | undefined) {
  return found && { at: [found.field], text: found.text };
}

/** The database whose changes are tracked. */
export const source = withRules(fields, [address, portWithHost, ...credentials, sidOnlyForOracle]);
