import { join } from "node:path";
import { markdownSummary, markdownTables, readResults } from "../../bench/harness/report.ts";
import { RULE_SOURCES } from "../../contract/limits/rules/rule.ts";
import { RULES, type Rule } from "../../contract/limits/rules.ts";
import { withSentence } from "../../provider/schema/marks.ts";
import { rooms } from "../../service/products.ts";
import { root } from "../paths.ts";
import { inputSchemas, isMixed, isNeeded, type JsonSchema } from "./json-schema.ts";
import { markdownTable } from "./markdown.ts";
import { mysqlTypeRows } from "./mysql-types.ts";
import { PENDING_RUNTIME } from "./pending.ts";
import { postgresTypeRows } from "./postgres-types.ts";

/** Every generated block of the README and of docs/, by name. */
export function generatedTables(): Record<string, string> {
  const figures = readResults(join(root, "bench/results"));
  return {
    limits: limitsTable(),
    actions: actionsTable(),
    "inputs-instance": inputsTable(inputSchemas.changeTrackingInstance),
    "inputs-group": groupTables(inputSchemas),
    "inputs-inflow": inputsTable(inputSchemas.inflowTask),
    "inputs-alert": inputsTable(inputSchemas.alertRule),
    "mysql-types": markdownTable(["type", "number", "value", "note"], mysqlTypeRows()),
    "postgres-types": markdownTable(["type", "OID", "value", "note"], postgresTypeRows()),
    bench: markdownTables(figures),
    "bench-summary": markdownSummary(figures),
  };
}

function limitsTable(): string {
  const rows = RULES.map((one) => [
    one.id,
    one.rule,
    one.preview ?? "-",
    one.service ?? "-",
    runtimeCell(one),
    one.sources.join(", "),
  ]);
  const sources = Object.entries(RULE_SOURCES).map(([name, title]) => `${name} = ${title}`);
  return `${markdownTable(["id", "rule", "preview", "service", "runtime", "source"], rows)}\n\nSources: ${sources.join("; ")}.`;
}

/** What is only planned does not read as a fact. */
function runtimeCell({ id, runtime }: Rule): string {
  if (runtime === null) return "-";
  return PENDING_RUNTIME.includes(id) ? `not yet: ${runtime}` : runtime;
}

function actionsTable(): string {
  const rows = rooms.flatMap((room) =>
    [...room.actions]
      .sort((a, b) => a.name.localeCompare(b.name))
      .map((action) => [
        `${room.name} ${room.version}`,
        action.name,
        action.summary,
        action.coverage === "whole" ? "whole" : action.coverage.missing,
      ]),
  );
  return markdownTable(["product", "action", "what it does", "coverage"], rows);
}

/** The inputs of a resource, one row each. */
function inputsTable(schema: JsonSchema): string {
  return markdownTable(["input", "needed", "on change", "what it is"], rowsOf(schema, "", "in place"));
}

function groupTables({ changeTrackingGroup, rocketmqGroup, iotGroup }: typeof inputSchemas): string {
  return [changeTrackingGroup, rocketmqGroup, iotGroup]
    .map((schema) => `\`platform: "${schema.properties?.platform?.const}"\`\n\n${inputsTable(schema)}`)
    .join("\n\n");
}

function describedInput({ description = "", filledIn, only }: JsonSchema): string {
  const filled = filledIn === undefined ? [] : [`Default: ${filledIn}.`];
  const version = only === undefined ? [] : [`On ${only} only.`];
  return [...filled, ...version].reduce(withSentence, description);
}

function rowsOf(schema: JsonSchema, prefix: string, change: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (field.readOnly) return [];
    const own = isMixed(field) ? "" : (field.onChange ?? change);
    const needed = isNeeded(schema, name) ? "yes" : "";
    const row = [`\`${prefix}${name}\``, needed, own === "nothing" ? "" : own, describedInput(field)];
    const items = field.items?.properties ? rowsOf(field.items, `${prefix}${name}[].`, own) : [];
    const members = field.properties
      ? rowsOf(field, `${prefix}${name}.`, isMixed(field) ? "in place" : own)
      : [];
    return [row, ...items, ...members];
  });
}
