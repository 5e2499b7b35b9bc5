import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface Size {
  readonly files: number;
  readonly instances: number;
  /** Spread over the instances, at most 20 on each. */
  readonly groups: number;
}

/** Keys of the configuration that the definitions take their secrets from. */
export const SECRETS: Readonly<Record<string, string>> = {
  sourcePassword: "Bench-source-1",
  groupPassword: "Bench-group-1",
};

/** Writes definitions as teams would, spread evenly over the files, so that most groups name an instance elsewhere. */
export function writeDefinitions(folder: string, size: Size): void {
  mkdirSync(folder, { recursive: true });
  for (let file = 0; file < size.files; file++) {
    const instances = indices(size.instances, file, size.files).map(instance);
    const first = (file - (size.instances % size.files) + size.files) % size.files;
    const groups = indices(size.groups, first, size.files).map((index) => group(index, size));
    const parts = [
      `owner: team-${file}\n`,
      ...(instances.length > 0 ? ["instances:\n", ...instances] : []),
      ...(groups.length > 0 ? ["groups:\n", ...groups] : []),
    ];
    writeFileSync(join(folder, `team-${file}.yaml`), parts.join(""));
  }
}

/** Every `step`th number below `count`, from `first` on. */
function indices(count: number, first: number, step: number): number[] {
  const length = Math.max(0, Math.ceil((count - first) / step));
  return Array.from({ length }, (_, at) => first + at * step);
}

/** The same inputs as in the program of the bench `pulumi-up`. */
function instance(index: number): string {
  return `  bench-${index}:
    region: cn-hangzhou
    source:
      engine: PostgreSQL
      accessMethod: RDS
      instanceId: pgm-bench${index}
      databaseName: shop
      user: bench
      password: { config: sourcePassword }
    objects:
      shop: { tables: [orders, customers] }
    dataTypes: { dml: true, ddl: true }
`;
}

function group(index: number, { instances }: Size): string {
  return `  group-${index}:
    platform: changeTracking
    instance: bench-${index % instances}
    account: reader_${index}
    password: { config: groupPassword }
    consumptionMode: kafkaClient
`;
}
