import { groupCountRefusal } from "../../contract/limits/dts.ts";
import { valueAt } from "../../contract/limits/path.ts";
import { RULES } from "../../contract/limits/rules.ts";
import { withRule } from "../../contract/validation/refusal.ts";
import type { EngineLog } from "../runtime/host/engine.ts";
import { makeSession, type Session } from "../runtime/host/session.ts";
import type { CheckFailure, KnownIdentity, Properties } from "../runtime/resource.ts";
import { judgeRule } from "../runtime/resources/alert-rule/check.ts";
import { judgeInstance } from "../runtime/resources/change-tracking-instance/check.ts";
import { declareTracking } from "../runtime/resources/consumer-group/change-tracking/check.ts";
import { declareIotGroup } from "../runtime/resources/consumer-group/iot/check.ts";
import { completedGroup, groupViolations } from "../runtime/resources/consumer-group/judge.ts";
import { declareQueueGroup } from "../runtime/resources/consumer-group/rocketmq/check.ts";
import { judgeTask } from "../runtime/resources/inflow-task/check.ts";
import type { Judged } from "../runtime/resources/shared/inputs.ts";
import { isUnknown, UNKNOWN } from "../schema/unknown.ts";
import type { Draft, Resolved } from "./draft.ts";
import { isMapping, type MapName, type Mapping } from "./maps.ts";
import { DefinitionReference, replaceMarkers } from "./markers.ts";

/** What the provider's own check says of a definition. */
export interface Judgement {
  readonly draft: Draft;
  readonly code: "InvalidInput" | "Conflict" | "TooManyGroups" | "Warning";
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly rule: string | undefined;
}

type FindResolved = (map: MapName, name: string) => Resolved | undefined;

/** Judges all definitions as a preview of them would, without a state and without asking the service. */
export function judgeAll(all: readonly Resolved[], find: FindResolved, region: string): Judgement[] {
  const judgements: Judgement[] = [];
  const drafts = new Map(all.map(({ draft }) => [whoIs(draft), draft]));
  const warn: EngineLog["warn"] = (text, urn) => {
    const draft = drafts.get(urn ?? "");
    if (draft === undefined) return;
    judgements.push({ draft, code: "Warning", path: [], ...partsOfText(text) });
  };
  const session = offlineSession(region, warn);
  const counted = new Map<string, Draft[]>();
  for (const resolved of all) {
    const { draft } = resolved;
    const inputs = knownInputs(resolved, find);
    const identity = identityOf(resolved, find, session);
    const judged = JUDGES[draft.map](session, identity, inputs);
    const add = (path: Judgement["path"], code: Judgement["code"], message: string, rule?: string) =>
      judgements.push({ draft, code, path, message, rule });
    for (const { path, message, rule } of judged.violations) add(path, "InvalidInput", message, rule);
    for (const failure of judged.conflicts) {
      add(failure.property.split("."), "Conflict", textOf(failure), failure.rule);
    }
    const scope = draft.map === "groups" ? scopeOf(identity, judged.inputs) : undefined;
    if (scope !== undefined) counted.set(scope, [...(counted.get(scope) ?? []), draft]);
  }
  for (const groups of counted.values()) judgements.push(...beyondLimit(groups));
  return judgements;
}

function textOf({ property, reason }: CheckFailure): string {
  return reason.startsWith(property) ? reason : `${property} ${reason}`;
}

/** Warnings only come as people read them, with the rule at their end. */
function partsOfText(shown: string): { readonly message: string; readonly rule: string | undefined } {
  const rule = RULES.find(({ id }) => shown.endsWith(withRule("", id)))?.id;
  return { message: rule === undefined ? shown : shown.slice(0, -withRule("", rule).length), rule };
}

function offlineSession(region: string, warn: EngineLog["warn"]): Session {
  const log: EngineLog = { warn, info: () => undefined, progress: () => undefined };
  const read = (key: string) => (key === "changetracking:region" ? region : undefined);
  return makeSession({ read, environment: {}, log, isOffline: true });
}

const JUDGES: Readonly<
  Record<MapName, (session: Session, identity: KnownIdentity, inputs: Properties) => Judged>
> = {
  instances: judgeInstance,
  groups: judgeGroup,
  tasks: judgeTask,
  alerts: judgeRule,
};

function judgeGroup(session: Session, identity: KnownIdentity, news: Properties): Judged {
  const inputs = completedGroup(session, identity, news);
  const violations = groupViolations(identity, inputs);
  return { inputs, violations, conflicts: groupConflicts(session, identity, inputs) };
}

function groupConflicts(session: Session, identity: KnownIdentity, inputs: Properties): CheckFailure[] {
  if (inputs.platform === "changeTracking") return declareTracking(session, identity, {}, inputs).conflicts;
  if (inputs.platform === "rocketmq") return declareQueueGroup(session, identity, inputs).conflicts;
  return inputs.platform === "iot" ? declareIotGroup(session, identity, inputs) : [];
}

/** What a refusal calls another definition: behind `::` stands its name, and here also where it is. */
function whoIs({ map, name, source, line }: Draft): string {
  return `${map}::${name} (${source.label}:${line})`;
}

/** The inputs as the check gets them: what other definitions and secrets stand for is not known yet. */
function knownInputs({ draft, inputs }: Resolved, find: FindResolved): Properties {
  const plain = replaceMarkers(inputs, () => UNKNOWN) as Mapping;
  const source = inputs.source;
  if (draft.map !== "tasks" || !isMapping(source) || source.group === undefined) return plain;
  const { group: _, ...given } = plain.source as Mapping;
  const target = groupOf(inputs, find)?.inputs.instance;
  const instance = typeof target === "string" ? target : UNKNOWN;
  const ofGroup = { instance, groupId: UNKNOWN, account: UNKNOWN, password: UNKNOWN };
  return { ...plain, source: { ...ofGroup, ...given } };
}

function identityOf(resolved: Resolved, find: FindResolved, session: Session): KnownIdentity {
  const { draft, inputs } = resolved;
  const group = draft.map === "tasks" ? groupOf(inputs, find) : undefined;
  const holder = group?.inputs ?? inputs;
  const instance = instanceOf(holder, find) ?? instanceOf(valueAt(holder, ["source"]), find);
  const scope = draft.map === "groups" ? instance : group;
  const region =
    text(group?.inputs.region) ?? (instance && (text(instance.inputs.region) ?? session.settings.region));
  return {
    self: whoIs(draft),
    logicalName: draft.name,
    scope: scope && whoIs(scope.draft),
    declared: [],
    engine: text(valueAt(instance?.inputs, ["source", "engine"])),
    region: draft.map === "groups" || draft.map === "tasks" ? region : undefined,
  };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && !isUnknown(value) ? value : undefined;
}

function instanceOf(holder: unknown, find: FindResolved): Resolved | undefined {
  const reference = valueAt(holder, ["instance"]);
  const isOne = reference instanceof DefinitionReference && reference.map === "instances";
  return isOne ? find("instances", reference.name) : undefined;
}

function groupOf(inputs: Mapping, find: FindResolved): Resolved | undefined {
  const reference = valueAt(inputs, ["source", "group"]);
  return reference instanceof DefinitionReference ? find("groups", reference.name) : undefined;
}

/** The instance that a group of change tracking is on; undefined for any other group, or where nobody knows. */
function scopeOf({ scope }: KnownIdentity, { platform, instance, region }: Properties): string | undefined {
  if (platform !== "changeTracking") return undefined;
  if (scope !== undefined) return scope;
  return text(instance) && `${text(region)} ${text(instance)}`;
}

/** DTS-1: the last ones of the files, in their order, are those for which there is no room. */
function beyondLimit(groups: readonly Draft[]): Judgement[] {
  const refusal = groupCountRefusal(groups.length);
  if (refusal === undefined) return [];
  const { text: limit, rule } = refusal;
  return groups.flatMap((draft, at) => {
    if (groupCountRefusal(at + 1) === undefined) return [];
    const { instance } = draft.inputs;
    const on = typeof instance === "string" ? instance : String(valueAt(instance, ["id"]));
    const message = `instance ${on} ${limit}: there is no room for ${draft.name}`;
    return [{ draft, code: "TooManyGroups" as const, path: ["instance"], message, rule }];
  });
}
