import { RULES } from "../../../contract/limits/rules.ts";
import { PROBLEMS, type Problem, type ReadResult } from "../../definitions/index.ts";
import { printableJson } from "../../printable.ts";
import { VERSION } from "../../runtime/host/version.ts";
import type { Io } from "../command.ts";
import { fromRepository } from "./repository.ts";

const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
const HOME = "https://github.com/pulumi-change-tracking/pulumi-change-tracking";

/** A log of SARIF 2.1.0, as code scanning takes it. A rule is the documented limit, else the problem's code. */
export function sarif({ problems }: ReadResult, io: Io): string {
  const inRepository = fromRepository(io);
  const ids = [...new Set(problems.map(ruleId))].sort();
  const driver = {
    name: "change-tracking",
    version: VERSION,
    informationUri: HOME,
    rules: ids.map(rule),
  };
  const run = {
    tool: { driver },
    columnKind: "utf16CodeUnits",
    results: problems.map((problem) => resultOf(problem, ids, inRepository(problem.file))),
  };
  return `${printableJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

function ruleId({ rule: id, code }: Problem): string {
  return id ?? code;
}

function rule(id: string) {
  const documented = RULES.find((one) => one.id === id);
  const text = documented?.rule ?? PROBLEMS[id as keyof typeof PROBLEMS] ?? id;
  return {
    id,
    shortDescription: { text },
    helpUri:
      documented === undefined ? `${HOME}/blob/main/docs/gitops.md` : `${HOME}/blob/main/docs/limits.md`,
  };
}

function resultOf(problem: Problem, ids: readonly string[], path: string) {
  const { severity, line, column, endColumn, message, definition } = problem;
  const id = ruleId(problem);
  return {
    ruleId: id,
    ruleIndex: ids.indexOf(id),
    level: severity,
    message: { text: withoutLinks(message) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(path), uriBaseId: "%SRCROOT%" },
          region: { startLine: line, startColumn: column, endLine: line, endColumn },
        },
        ...(definition !== undefined && { logicalLocations: [{ fullyQualifiedName: definition }] }),
      },
    ],
  };
}

/** `[text](address)` is a link in a message of SARIF: nothing is left between its two parts that makes it one. */
function withoutLinks(message: string): string {
  return message.replaceAll("](", "]\u200b(");
}

/** What divides an address's parts may stand in a file's name. */
function uriOf(path: string): string {
  return encodeURI(path).replace(/[?#]/g, encodeURIComponent);
}
