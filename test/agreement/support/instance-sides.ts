import type { TestService } from "../../support/service.ts";
import { configurationOf, orderOf, taggingOf } from "./instance.ts";
import type { Wire, WireAnswer } from "./wire.ts";

type Values = Readonly<Record<string, unknown>>;

/** What the service says to the three calls that inputs stand for: the first refusal, or undefined. */
export async function serviceRefusal(
  wire: Wire,
  inputs: Values,
  look: { answer?: (action: string, answer: WireAnswer) => void; rows?: () => unknown } = {},
): Promise<WireAnswer | undefined> {
  const call = async (action: string, parameters: Values) => {
    const before = look.rows?.();
    const answer = await wire.call(action, parameters);
    look.answer?.(action, answer);
    const after = look.rows?.();
    if (answer.code !== "" && JSON.stringify(before) !== JSON.stringify(after)) {
      throw new Error(`${action} was refused with ${answer.code} and stored something`);
    }
    return answer;
  };
  const bought = await call("CreateDtsInstance", orderOf(inputs));
  if (bought.code !== "") return bought;
  const { InstanceId } = bought.body;
  const configured = await call("ConfigureSubscription", configurationOf(inputs, InstanceId));
  if (configured.code !== "") return configured;
  const tagging = taggingOf(inputs, InstanceId);
  if (tagging === undefined) return undefined;
  const tagged = await call("TagResources", tagging);
  return tagged.code === "" ? undefined : tagged;
}

/** All that the room has stored. */
export function storedRows(service: TestService): unknown {
  const store = service.running?.kernel.store;
  return ["dts_jobs", "dts_groups", "dts_tags", "dts_monitor_rules"].map((table) =>
    store?.all(`SELECT * FROM ${table}`),
  );
}

export function forgetRows(service: TestService): void {
  for (const table of ["dts_jobs", "dts_groups", "dts_tags", "dts_monitor_rules"]) {
    service.running?.kernel.store.run(`DELETE FROM ${table}`);
  }
}
