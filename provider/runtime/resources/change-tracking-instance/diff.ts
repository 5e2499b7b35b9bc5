import { containsUnknown, isUnknown } from "../../../schema/unknown.ts";
import type { DiffResult, Properties } from "../../resource.ts";
import { changedKeys } from "../shared/equal.ts";
import { INPUT_KEYS } from "./inputs.ts";

/** The account can be changed in place (ModifyDtsJobPassword, which takes both); another database is another instance. */
const SOURCE_IN_PLACE = ["user", "password"];

/** Replaces for region, network and source only. Names need not be unique, so the new instance can come first. */
export function diffInstance(olds: Properties, news: Properties): DiffResult {
  const replaces = [
    ...changedKeys(olds, news, ["region", "network"]),
    ...(isOtherSource(olds.source, news.source) ? ["source"] : []),
  ];
  return { changes: changedKeys(olds, news, INPUT_KEYS).length > 0, replaces, deleteBeforeReplace: false };
}

function isOtherSource(old: unknown, wanted: unknown): boolean {
  if (isUnknown(wanted)) return true;
  const [before, after] = [withoutAccount(old), withoutAccount(wanted)];
  if (containsUnknown(after) || changedKeys({ source: before }, { source: after }, ["source"]).length > 0) {
    return true;
  }
  const [was, is] = [(old ?? {}) as Properties, (wanted ?? {}) as Properties];
  // Nothing takes an account away again, and a new one needs its password.
  return (
    !SOURCE_IN_PLACE.every((key) => is[key] !== undefined) && changedKeys(was, is, SOURCE_IN_PLACE).length > 0
  );
}

function withoutAccount(source: unknown): Properties {
  const entries = Object.entries((source ?? {}) as Properties);
  return Object.fromEntries(entries.filter(([key]) => !SOURCE_IN_PLACE.includes(key)));
}
