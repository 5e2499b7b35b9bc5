import { TARGET_ARNS } from "../../../../contract/limits/cms.ts";
import { namesListed } from "../../../../contract/limits/message.ts";
import type { CmsApi, TargetRecord, TargetRequest } from "../../api/cms.ts";
import { ApiError } from "../../api/errors.ts";
import type { RuleInputs } from "./inputs.ts";
import { levelsOf } from "./request.ts";

/** The targets that are inputs; targets of other services on the same rule are left alone. */
const KINDS = ["autoScaling", "logService"] as const;
type Kind = (typeof KINDS)[number];
export type Targets = Partial<Readonly<Record<Kind, string | undefined>>>;

/** The ARN of each kind; undefined when there is none. */
export function observedTargets(targets: readonly TargetRecord[]): Targets | undefined {
  const found = KINDS.flatMap((kind) => {
    const [first] = ofKind(targets, kind);
    return first === undefined ? [] : [[kind, first.Arn]];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

/** Own targets carry the name of their kind as id; one that was made by hand counts as well. */
function ofKind(targets: readonly TargetRecord[], kind: Kind): TargetRecord[] {
  return targets
    .filter(({ Arn = "" }) => TARGET_ARNS[kind].pattern.test(Arn))
    .sort((a, b) => Number(b.Id === kind) - Number(a.Id === kind));
}

/** What has to be put, and the ids to take off, so that the rule has the wanted targets at its levels. */
export function targetSteps(
  inputs: RuleInputs,
  before: Targets | undefined,
  present: readonly TargetRecord[],
): { readonly puts: readonly TargetRequest[]; readonly removals: readonly string[] } {
  const Level = JSON.stringify(levelsOf(inputs).map((level) => level.toUpperCase()));
  const puts: TargetRequest[] = [];
  const removals: string[] = [];
  for (const kind of KINDS) {
    const Arn = inputs.targets?.[kind];
    const there = ofKind(present, kind);
    const kept = there.find((one) => one.Arn === Arn) ?? there.find((one) => one.Id === kind);
    if (Arn !== undefined && !(kept?.Arn === Arn && isSameLevel(kept.Level, Level))) {
      puts.push({ ...kept, Id: kept?.Id ?? kind, Arn, Level });
    }
    // Only what the state knew: somebody else's target that was never shown stays.
    const known = there.filter((one) => one.Id === kind || one.Arn === before?.[kind]);
    const dropped = known.filter((one) => Arn === undefined || one !== kept);
    removals.push(...dropped.flatMap(({ Id }) => Id ?? []));
  }
  return { puts, removals };
}

export async function syncTargets(
  api: CmsApi,
  ruleId: string,
  inputs: RuleInputs,
  before: Targets | undefined,
  present: readonly TargetRecord[],
): Promise<void> {
  const { puts, removals } = targetSteps(inputs, before, present);
  if (removals.length > 0) await api.deleteTargets(ruleId, removals);
  if (puts.length === 0) return;
  const { FailData } = await api.putTargets(ruleId, puts);
  const failed = FailData?.Targets?.Target ?? [];
  if (failed.length === 0) return;
  const message = `the service did not take the targets ${namesListed(failed.flatMap(({ Arn, Id }) => Arn ?? Id ?? []))}`;
  throw new ApiError("PutMetricRuleTargets", { kind: "refused", code: "FailData", message });
}

/** JSON text of a list of levels, in any order. */
function isSameLevel(a: string | undefined, b: string): boolean {
  return sortedText(a) === sortedText(b);
}

function sortedText(text: string | undefined): string {
  return (text ?? "")
    .replace(/[[\]"\s]/g, "")
    .split(",")
    .sort()
    .join();
}
