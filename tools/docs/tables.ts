import { join } from "node:path";
import { z } from "zod";
import { markdownSummary, markdownTables, readResults } from "../../bench/harness/report.ts";
import { RULE_SOURCES } from "../../contract/limits/rules/rule.ts";
import { RULES, type Rule } from "../../contract/limits/rules.ts";
import { alertRule } from "../../provider/schema/alert-rule.ts";
import { changeTrackingInstance } from "../../provider/schema/change-tracking-instance.ts";
import { consumerGroup } from "../../provider/schema/consumer-group.ts";
import { inflowTask } from "../../provider/schema/inflow-task.ts";
import { rooms } from "../../service/products.ts";
import { root } from "../paths.ts";
import { PENDING_RUNTIME } from "./pending.ts";

/** Every generated block of the README and of docs/, by name. */
export function generatedTables(): Record<string, string> {
  const figures = readResults(join(root, "bench/results"));
  return {
    limits: limitsTable(),
    actions: actionsTable(),
    "inputs-instance": inputsTable(changeTrackingInstance),
    "inputs-group": inputsTable(consumerGroup),
    "inputs-inflow": inputsTable(inflowTask),
    "inputs-alert": inputsTable(alertRule),
    bench: markdownTables(figures),
    "bench-summary": markdownSummary(figures),
  };
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${head.map(() => "---").join("|")}|`, ...rows.map(line)].join("\n");
}

/** Makes a text safe inside a Markdown table. */
function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ").replaceAll("<", "&lt;");
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
  return `${table(["id", "rule", "preview", "service", "runtime", "source"], rows)}\n\nSources: ${sources.join("; ")}.`;
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
        action.partial ?? "whole",
      ]),
  );
  return table(["product", "action", "what it does", "coverage"], rows);
}

interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Record<string, JsonSchema>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly not?: JsonSchema;
}

/** The inputs of a resource, one row each; members of a union follow each other under their platform. */
function inputsTable(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as JsonSchema;
  const members = json.oneOf ?? json.anyOf ?? [json];
  return members
    .map((member) => {
      const platform = member.properties?.platform?.const;
      const head = platform === undefined ? "" : `\`platform: "${platform}"\`\n\n`;
      return head + table(["input", "needed", "what it is"], rowsOf(member, ""));
    })
    .join("\n\n");
}

function rowsOf(schema: JsonSchema, prefix: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    // Known only to be refused with a sentence of its own.
    if (field.not !== undefined) return [];
    const what = field.description ?? "";
    // A default is filled in before the schema judges, so a program may leave such an input out.
    const needed = schema.required?.includes(name) === true && !what.includes("Default:");
    const row = [`\`${prefix}${name}\``, needed ? "yes" : "", what];
    const items = field.items?.properties ? rowsOf(field.items, `${prefix}${name}[].`) : [];
    const members = field.properties ? rowsOf(field, `${prefix}${name}.`) : [];
    return [row, ...items, ...members];
  });
}
