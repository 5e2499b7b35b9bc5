import type { z } from "zod";
import { alertRule } from "./alert-rule.ts";
import { changeTrackingInstance } from "./change-tracking-instance.ts";
import { consumerGroup } from "./consumer-group.ts";
import { inflowTask } from "./inflow-task.ts";

interface Definition {
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly options?: readonly z.core.$ZodType[];
  readonly innerType?: z.core.$ZodType;
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly out?: z.core.$ZodType;
}

let names: ReadonlySet<string> | undefined;

/** Whether some resource has an input of this name, at any depth. Any other name comes from a program's own data. */
export function isDeclaredName(name: string): boolean {
  names ??= new Set(
    [alertRule, changeTrackingInstance, consumerGroup, inflowTask].flatMap((schema) => [...namesIn(schema)]),
  );
  return names.has(name);
}

function* namesIn(schema: z.core.$ZodType | undefined): Generator<string> {
  if (schema === undefined) return;
  const { shape = {}, options = [], ...inner } = schema._zod.def as unknown as Definition;
  for (const [name, field] of Object.entries(shape)) {
    yield name;
    yield* namesIn(field);
  }
  for (const member of options) yield* namesIn(member);
  for (const next of [inner.innerType, inner.element, inner.valueType, inner.in, inner.out]) {
    yield* namesIn(next);
  }
}
