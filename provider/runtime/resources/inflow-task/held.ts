/** Under which a run remembers that a resource holds a task; names are ids only within a region. */
export function heldKey({ region, name }: { readonly region: string; readonly name: string }): string {
  return `inflow task ${region} ${name}`;
}
