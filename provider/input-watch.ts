import * as pulumi from "@pulumi/pulumi";

const UNKNOWN = pulumi.runtime.unknownValue;

/** Keys and indexes that lead to a value inside the inputs. */
type Place = readonly (string | number)[];

/** Deeper than any resource nests; what is below counts as not known. */
const DEPTH_MAX = 32;

interface Leaf {
  readonly place: Place;
  readonly isSecret: Promise<boolean>;
  settled?: { readonly value: unknown; readonly isSecret: boolean };
}

/** What can be told of a resource's inputs without waiting for any other resource. */
interface PlainInputs {
  /** The inputs; what is not known stands as the engine writes it. */
  readonly values: Record<string, unknown>;
  readonly secretPlaces: readonly Place[];
}

/**
 * Watches the outputs among a resource's inputs: the host gets every value in clear, so that only the program knows
 * what was marked as secret, and whether a value is there already.
 */
export class InputWatch {
  readonly #inputs: pulumi.Inputs;
  readonly #leaves: Leaf[] = [];

  /** `reads` also takes note of values; it is left out where only the secrets matter. */
  constructor(inputs: pulumi.Inputs, reads: boolean) {
    this.#inputs = Object.fromEntries(Object.entries(inputs).filter(([key]) => !key.startsWith("__")));
    this.#watch(this.#inputs, [], reads);
  }

  /** Where secrets stand; known when the inputs themselves are. */
  async secretPlaces(): Promise<Place[]> {
    const found = await Promise.all(
      this.#leaves.map(async ({ place, isSecret }) => ((await isSecret) ? [place] : [])),
    );
    return found.flat();
  }

  /** What is known by now. */
  now(): PlainInputs {
    const settled = this.#leaves.flatMap(({ settled: one, place }) => (one?.isSecret ? [place] : []));
    return { values: this.#plain(this.#inputs, []) as Record<string, unknown>, secretPlaces: settled };
  }

  #watch(value: unknown, place: Place, reads: boolean): void {
    if (isPlainObject(value) && place.length < DEPTH_MAX) {
      for (const [key, one] of Object.entries(value)) {
        this.#watch(one, [...place, Array.isArray(value) ? Number(key) : key], reads);
      }
    } else if (pulumi.Output.isInstance(value) || value instanceof Promise) {
      const output: pulumi.Output<unknown> = pulumi.output(value);
      // A value that fails is reported where it is used.
      const isSecret = pulumi.isSecret(output).catch(() => false);
      const leaf: Leaf = { place, isSecret };
      this.#leaves.push(leaf);
      if (reads) {
        output.apply(async (known) => {
          leaf.settled = { value: known, isSecret: await isSecret };
        });
      }
    }
  }

  #plain(value: unknown, place: Place): unknown {
    if (isPlainObject(value)) {
      if (place.length >= DEPTH_MAX) return UNKNOWN;
      if (Array.isArray(value)) return value.map((one, index) => this.#plain(one, [...place, index]));
      const members = Object.entries(value).map(([key, one]) => [key, this.#plain(one, [...place, key])]);
      return Object.fromEntries(members.filter(([, one]) => one !== undefined));
    }
    if (["string", "number", "boolean", "undefined"].includes(typeof value) || value === null) return value;
    const leaf = this.#leaves.find((one) => isSame(one.place, place));
    return leaf?.settled === undefined ? UNKNOWN : leaf.settled.value;
  }
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === Object.prototype || prototype === null;
}

function isSame(a: Place, b: Place): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
