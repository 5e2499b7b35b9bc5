import { EVENT } from "./events.ts";
import { unreadable } from "./failure.ts";

/** What carries changes that cannot be read, and what to do about it. */
const UNREADABLE: ReadonlyMap<number, string> = new Map([
  [
    EVENT.incident,
    "it has an incident event: the server itself lost changes there; reset the job to go on from now",
  ],
  [
    EVENT.partialUpdateRows,
    "it has partial updates of JSON; set binlog_row_value_options = '' and reset the job to go on from now",
  ],
  [EVENT.startEncryption, "it is encrypted, and the server sent it so"],
]);

/** Kinds that tell nothing that is needed are passed over; throws UNREADABLE for what may carry changes. */
export function checkPassedOver(type: number): void {
  const what = UNREADABLE.get(type);
  if (what !== undefined) throw unreadable(what);
}
