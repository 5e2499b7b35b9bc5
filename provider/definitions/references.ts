import { namesListed, nearest, shown } from "../../contract/limits/message.ts";
import { valueAt } from "../../contract/limits/path.ts";
import type { Draft } from "./draft.ts";
import { articled, isMapping, type MapName, type Mapping, NOUNS } from "./maps.ts";
import { DefinitionReference, Refused } from "./markers.ts";

/** An input that names another definition, or the id of what is there already. */
interface ReferenceInput {
  readonly path: readonly string[];
  readonly to: MapName;
  /** Whether the input is a list of them. */
  readonly isList?: true;
  /** Why `{ id }` does not do. */
  readonly noId?: string;
  /** What must not stand beside it, because it brings that. */
  readonly brings?: readonly string[];
  /** Whether the reference leads to a definition at all. Default true. */
  readonly applies?: (inputs: Mapping) => boolean;
  /** What is wrong with the definition that it leads to. */
  readonly misfit?: (target: Mapping, inputs: Mapping) => string | undefined;
}

export const REFERENCES: Readonly<Record<MapName, readonly ReferenceInput[]>> = {
  instances: [],
  groups: [{ path: ["instance"], to: "instances", applies: ({ platform }) => platform === "changeTracking" }],
  tasks: [
    {
      path: ["source", "group"],
      to: "groups",
      noId: "of a group that is there already, give instance, groupId, account and password",
      brings: ["instance", "groupId"],
      misfit: ({ platform }) => platformMisfit(platform, "changeTracking"),
    },
    { path: ["source", "instance"], to: "instances" },
  ],
  alerts: [
    {
      path: ["range", "instance"],
      to: "instances",
      applies: ({ product }) => product === "changeTracking",
    },
    {
      path: ["range", "groups"],
      to: "groups",
      isList: true,
      misfit: ({ platform }, { product }) => platformMisfit(platform, product),
    },
  ],
};

function platformMisfit(platform: unknown, wanted: unknown): string | undefined {
  if (typeof platform !== "string" || typeof wanted !== "string" || platform === wanted) return undefined;
  return `must be a group of platform ${wanted}, and that one is of ${platform}`;
}

interface ReferenceProblem {
  readonly code: "UnknownReference" | "InvalidReference";
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Finds definitions by map and name. */
export type FindDraft = (map: MapName, name: string) => Draft | undefined;

/** The inputs with a marker, or the id, in place of every reference. */
export function withReferences(
  draft: Draft,
  inputs: Mapping,
  known: { readonly find: FindDraft; readonly names: (map: MapName) => readonly string[] },
  refuse: (problem: ReferenceProblem) => void,
): Mapping {
  return REFERENCES[draft.map].reduce<Mapping>((result, input) => {
    if (input.applies?.(inputs) === false) return result;
    const beside = valueAt(inputs, input.path.slice(0, -1));
    for (const name of input.brings ?? []) {
      if (!isMapping(beside) || beside[input.path.at(-1) ?? ""] === undefined) break;
      if (beside[name] === undefined) continue;
      const path = [...input.path.slice(0, -1), name];
      refuse({
        code: "InvalidReference",
        path,
        text: `must be left out with ${input.path.at(-1)}, which brings it`,
      });
    }
    const resolve = (value: unknown, path: readonly (string | number)[]): unknown => {
      const found = resolved(value, input, inputs, known);
      if (!("text" in found)) return found.value;
      refuse({ ...found, path });
      return new Refused();
    };
    return replacedAt(result, input.path, (value) =>
      input.isList !== true
        ? resolve(value, input.path)
        : Array.isArray(value)
          ? value.map((one, at) => resolve(one, [...input.path, at]))
          : value,
    );
  }, inputs);
}

function resolved(
  value: unknown,
  input: ReferenceInput,
  inputs: Mapping,
  { find, names }: Parameters<typeof withReferences>[2],
): { readonly value: unknown } | Omit<ReferenceProblem, "path"> {
  const noun = NOUNS[input.to];
  if (typeof value === "string") {
    const target = find(input.to, value);
    const misfit = target === undefined ? undefined : input.misfit?.(target.inputs, inputs);
    if (misfit !== undefined) return { code: "InvalidReference", text: misfit };
    if (target !== undefined) return { value: new DefinitionReference(input.to, value) };
    const there = names(input.to);
    const meant = nearest(value, there);
    const hint =
      meant !== undefined
        ? `did you mean ${meant}?`
        : there.length === 0
          ? `they define no ${noun} at all, and files that belong together have to be read together`
          : `the ${noun}s are ${namesListed(there, "and")}`;
    const id =
      input.noId === undefined ? `; one that exists already is { id: ${shown(value)} }` : `; ${input.noId}`;
    return {
      code: "UnknownReference",
      text: `must be the name of ${articled(noun)}, and no file that was read defines ${shown(value)}: ${hint}${id}`,
    };
  }
  const isId = isMapping(value) && Object.keys(value).join() === "id" && typeof value.id === "string";
  if (isId && input.noId === undefined) return { value: value.id };
  const forms = input.noId === undefined ? ", or { id: ID } for one that exists already" : `; ${input.noId}`;
  return {
    code: "InvalidReference",
    text: `must be the name of ${articled(noun)} that a file defines${forms}`,
  };
}

/** A copy in which the value at a path is another one; where nothing stands there, all stays. */
function replacedAt(value: Mapping, path: readonly string[], replace: (value: unknown) => unknown): Mapping {
  const [key = "", ...rest] = path;
  const member = Object.hasOwn(value, key) ? value[key] : undefined;
  if (member === undefined || member === null) return value;
  if (rest.length === 0) return { ...value, [key]: replace(member) };
  return isMapping(member) ? { ...value, [key]: replacedAt(member, rest, replace) } : value;
}
