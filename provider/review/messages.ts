import { stripVTControlCharacters } from "node:util";
import { textWithoutSecrets } from "../../contract/secrets/index.ts";
import { kindOf, nameOf, type Preview, type PreviewDiagnostic } from "./preview.ts";

/** Something said at a resource, or at the stack as a whole. */
export interface Message {
  readonly urn: string | undefined;
  readonly name: string | undefined;
  readonly text: string;
}

/** What a preview has said, by what it means. */
export interface Messages {
  /** A resource of this package may not be what the program wants it to be. */
  readonly refusals: readonly Message[];
  /** The preview did not come to its end. */
  readonly failures: readonly Message[];
  /** Warnings and remarks. */
  readonly remarks: readonly Message[];
}

/** Said once more at the end, when every refusal stands at its resource. */
const CLOSING =
  /^(some inputs are refused: see the errors|preview failed$|update failed$|resource monitor shut)/i;
/** How the engine begins what a check has refused. An old CLI shows the whole value of a property that is named. */
const PROPERTY_FAILURE = /^\S+ resource '[^\n]*?': property .*? value .*? has a problem: (.*)$/s;
const CHECK_FAILURE = /^\S+ resource '[^\n]*?' has a problem: (.*)$/s;
/** Codes of the way to the service, of keys and of the configuration: nothing was judged. */
const WAY =
  /\[(NoCredentials|HostNotFound|Unreachable|NoAnswer|CertificateRefused|WrongProtocol|NotTheService|ProxyFailed|KeysRefused|InvalidConfiguration|AnswerLost|TimedOut|UnknownResourceKind)\]$/;

/**
 * Everything that the provider says, in its order. What the program itself writes to the log as information is left
 * out, as are the engine's own closing lines.
 */
export function messagesOf(diagnostics: readonly PreviewDiagnostic[]): Messages {
  const found = { refusals: [] as Message[], failures: [] as Message[], remarks: [] as Message[] };
  const seen = new Set<string>();
  for (const diagnostic of diagnostics) {
    const isOwn = kindOf(diagnostic.urn ?? "") !== undefined;
    const group = groupOf(diagnostic, isOwn);
    const message = messageOf(diagnostic);
    if (group === undefined || message.text === "" || CLOSING.test(message.text)) continue;
    const key = `${group} ${message.urn} ${message.text}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found[group === "refusals" && WAY.test(message.text) ? "failures" : group].push(message);
  }
  return found;
}

/** A preview with the failure that its run ended with, unless what it has said tells of one. */
export function withFailure(preview: Preview, failure: string | undefined): Preview {
  const { refusals, failures } = messagesOf(preview.diagnostics);
  if (failure === undefined || refusals.length + failures.length > 0) return preview;
  return { ...preview, diagnostics: [...preview.diagnostics, { severity: "error", message: failure }] };
}

function groupOf({ severity, urn }: PreviewDiagnostic, isOwn: boolean): keyof Messages | undefined {
  if (severity === "error") return isOwn ? "refusals" : "failures";
  if (severity === "warning" && (isOwn || !urn)) return "remarks";
  return severity === "info" && isOwn ? "remarks" : undefined;
}

function messageOf({ urn, message }: PreviewDiagnostic): Message {
  const plain = stripVTControlCharacters(message)
    .replace(/^(error|warning|info|debug): /, "")
    .trim();
  const reason = PROPERTY_FAILURE.exec(plain)?.[1] ?? CHECK_FAILURE.exec(plain)?.[1] ?? plain;
  const name = urn ? nameOf(urn) : undefined;
  const own = name !== undefined && reason.startsWith(`${name}: `) ? reason.slice(name.length + 2) : reason;
  return { urn, name, text: textWithoutSecrets(withoutStack(own)).trim() };
}

/** An exception of the program: what it says, without where it was thrown. */
function withoutStack(text: string): string {
  return text.replace(/\n\s+at [\s\S]*$/, "");
}
