import { changeTrackingInstance } from "../../../schema/change-tracking-instance.ts";
import { changedKeys } from "../../equal.ts";
import type { DiffResult, Properties } from "../../resource.ts";
import { diffInputs } from "../shared/diff.ts";

/** Changed in place by ModifyDtsJobPassword, which takes both. */
const ACCOUNT = ["user", "password"];

/** Names need not be unique, so the new instance can come first. */
export function diffInstance(olds: Properties, news: Properties): DiffResult {
  const { changes, replaces } = diffInputs(changeTrackingInstance, olds, news);
  const isOther = !replaces.includes("source") && losesAccount(olds.source, news.source);
  return { changes, replaces: isOther ? [...replaces, "source"] : replaces, deleteBeforeReplace: false };
}

/** Nothing takes an account away again, and a new one needs its password. */
function losesAccount(old: unknown, wanted: unknown): boolean {
  const [was, is] = [(old ?? {}) as Properties, (wanted ?? {}) as Properties];
  return !ACCOUNT.every((key) => is[key] !== undefined) && changedKeys(was, is, ACCOUNT).length > 0;
}
