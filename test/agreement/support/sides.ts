import { DTS_ERRORS, GATEWAY_ERRORS } from "../../../contract/errors/index.ts";
import { RULES } from "../../../contract/limits/rules.ts";
import { RunMemory } from "../../../provider/runtime/host/memory.ts";
import { makeSession, type Session } from "../../../provider/runtime/host/session.ts";
import type {
  CheckFailure,
  KnownIdentity,
  Properties,
  ResourceKind,
} from "../../../provider/runtime/resource.ts";
import type { TestService } from "../../support/service.ts";
import type { WireAnswer } from "./wire.ts";

/** A provider that looks at this service; every check starts with an empty memory. */
export function openProvider(service: TestService) {
  const config: Record<string, string> = {
    "changetracking:endpoint": service.url,
    "changetracking:region": "cn-hangzhou",
  };
  const session = makeSession({ read: (key) => config[key], environment: {} });
  const fresh = (): Session => ({ ...session, memory: new RunMemory() });
  return {
    session: fresh,
    check: (kind: ResourceKind, inputs: Properties) => kind.check(fresh(), identity, {}, inputs),
  };
}

const identity: KnownIdentity = {
  self: "urn:pulumi:s::p::t::thing",
  logicalName: "thing",
  scope: undefined,
  declared: ["thing"],
  engine: undefined,
  region: undefined,
};

/** What a check says of a property; a space behind a name only hides a secret's value from the engine. */
export const propertyOf = (failure: CheckFailure) => failure.property.trimEnd();

const documented = [...Object.values(DTS_ERRORS), ...Object.values(GATEWAY_ERRORS)].map(
  (entry) => new RegExp(`^${entry.code.replaceAll(".", "\\.").replace("{Name}", "\\S+")}$`),
);
const ruleIds = new Set(RULES.map((rule) => rule.id));

/** What is wrong with a refusal as such: a code in no table, no text, or a server's failure. */
export function badRefusal({ status, code, message }: WireAnswer): string | undefined {
  if (status === 200 && code === "") return undefined;
  if (status < 400 || status >= 500) return `status ${status} ${code}`;
  if (message === "") return `${code} without a message`;
  return documented.some((pattern) => pattern.test(code)) ? undefined : `undocumented code ${code}`;
}

/** What is wrong with a check's failure as such. */
export function badFailure({ property, reason, rule }: CheckFailure): string | undefined {
  if (typeof property !== "string" || typeof reason !== "string" || reason === "") return "no text";
  return rule === undefined || ruleIds.has(rule) ? undefined : `unknown rule ${rule}`;
}

export function ruleOf(text: string): string | undefined {
  return /\[([A-Z]+-\d+)\]\.?$/.exec(text.trim())?.[1];
}
