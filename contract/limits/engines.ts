import type { Refusal } from "../validation/refusal.ts";
import { listed } from "./message.ts";

/** A kind of source database. */
export interface Engine {
  /** As in the documents: `PolarDB for MySQL`. */
  readonly title: string;
  /** `SourceEndpointEngineName` of CreateDtsInstance. */
  readonly createName: string;
  /** `SourceEndpointEngineName` of ConfigureSubscription. */
  readonly configureName: string;
  /** DTS-10: these sources can be read with the SDK demo only. */
  readonly sdkDemoOnly: boolean;
}

/**
 * The sources whose changes can be tracked, by the name used in inputs. Wire names are from the parameter
 * texts of CreateDtsInstance and ConfigureSubscription; the one of DMS LogicDB is not published and chosen.
 */
export const ENGINES = {
  MySQL: engine("MySQL", "MySQL"),
  PolarDBMySQL: engine("PolarDB for MySQL", "PolarDB"),
  PostgreSQL: engine("PostgreSQL", "PostgreSQL"),
  Oracle: { ...engine("Oracle", "oracle"), configureName: "Oracle" },
  PolarDBOracle: engine("PolarDB (Compatible with Oracle)", "polardb_o"),
  PolarDBPostgreSQL: engine("PolarDB for PostgreSQL", "polardb_pg"),
  PolarDBX1: { ...engine("PolarDB-X 1.0", "DRDS"), sdkDemoOnly: true },
  PolarDBX2: engine("PolarDB-X 2.0", "DRDS"),
  DMSLogicDB: { ...engine("DMS LogicDB", "LogicDB"), sdkDemoOnly: true },
} as const satisfies Record<string, Engine>;

export type EngineName = keyof typeof ENGINES;
export const ENGINE_NAMES = Object.keys(ENGINES) as [EngineName, ...EngineName[]];

/** How downstream clients can read tracked data. */
const CONSUMPTION_MODES = {
  sdkDemo: "the SDK demo",
  flinkDtsConnector: "flink-dts-connector",
  kafkaClient: "a Kafka client",
} as const;

export type ConsumptionMode = keyof typeof CONSUMPTION_MODES;
export const CONSUMPTION_MODE_NAMES = Object.keys(CONSUMPTION_MODES) as [
  ConsumptionMode,
  ...ConsumptionMode[],
];

/** The modes in which a source can be read (DTS-10). */
function modesOf(engine: EngineName): readonly ConsumptionMode[] {
  return ENGINES[engine].sdkDemoOnly ? ["sdkDemo"] : CONSUMPTION_MODE_NAMES;
}

/** The refusal of DTS-10 without its field, or undefined when the mode is supported. */
export function modeRefusal(engine: EngineName, mode: ConsumptionMode): Refusal | undefined {
  if (modesOf(engine).includes(mode)) return undefined;
  const text = `must be ${listed(modesOf(engine))} for the source ${ENGINES[engine].title}, got "${mode}"`;
  return { text, rule: "DTS-10" };
}

/**
 * The engine a wire name stands for, in any case; `declared` wins where several share the name (both PolarDB-X
 * are DRDS on the wire). Undefined for an engine whose changes cannot be tracked.
 */
export function engineOfWire(wireName: string, declared?: EngineName): EngineName | undefined {
  const wanted = wireName.toLowerCase();
  const matches = ENGINE_NAMES.filter((name) => ENGINES[name].createName.toLowerCase() === wanted);
  return declared !== undefined && matches.includes(declared) ? declared : matches[0];
}

function engine(title: string, wireName: string): Engine {
  return { title, createName: wireName, configureName: wireName, sdkDemoOnly: false };
}
