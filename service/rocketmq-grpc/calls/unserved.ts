import { Refusal } from "../status.ts";

/** Consumers that keep their own positions: the published server leaves these out, too. */
export function notImplemented(): never {
  throw new Refusal(
    "NOT_IMPLEMENTED",
    "groups keep the positions here: use a push consumer or a simple consumer",
  );
}

export function unsupported(): never {
  throw new Refusal("UNSUPPORTED", "there are no lite topics here: use a topic for each");
}
