import type { Target } from "../entities.ts";

/** As it was sent; what was not sent is left out. */
export function targetFields({ id, arn, level, jsonParams }: Target) {
  return {
    Id: id,
    Arn: arn,
    ...(level === undefined ? {} : { Level: level }),
    ...(jsonParams === undefined ? {} : { JsonParams: jsonParams }),
  };
}
