import type { Entry } from "./pending.ts";

/** `subscription.offset.attempt.visible at`, each with the base 36: what is out says by itself which delivery it is. */
const HANDLE = /^([0-9a-z]{1,11})\.([0-9a-z]{1,11})\.([0-9a-z]{1,4})\.([0-9a-z]{1,11})$/;

export function handleOf(subscriptionId: number, { offset, attempt, visibleAtMs }: Entry): string {
  return [subscriptionId, offset, attempt, visibleAtMs].map((part) => part.toString(36)).join(".");
}

interface Handle {
  readonly subscriptionId: number;
  readonly offset: number;
  readonly attempt: number;
  readonly visibleAtMs: number;
}

/** Undefined for what is no handle. */
export function readHandle(text: string): Handle | undefined {
  const parts = HANDLE.exec(text);
  if (!parts) return undefined;
  const [subscriptionId = 0, offset = 0, attempt = 0, visibleAtMs = 0] = parts
    .slice(1)
    .map((part) => Number.parseInt(part, 36));
  return { subscriptionId, offset, attempt, visibleAtMs };
}
