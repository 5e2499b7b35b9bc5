import type { MapName, Mapping } from "./maps.ts";
import type { DefinitionReference, replaceMarkers, SecretReference } from "./markers.ts";
import type { Problem } from "./problem.ts";

/** One definition that was read. */
export interface Definition {
  readonly map: MapName;
  /** Logical name of the resource. */
  readonly name: string;
  /** As its file says; the file's path where it says nothing. */
  readonly owner: string;
  /** Path from the folder, with slashes. */
  readonly file: string;
  /** Line of its name, from 1. */
  readonly line: number;
  /** As in the file, with a marker of markers.ts for each secret and each reference, and ids as they are. */
  readonly inputs: Mapping;
}

/**
 * Which secrets definitions may name. Whoever may write a definition chooses where its secret goes, to a database of theirs
 * for example; so keys of the cloud and whatever else the run has are out of reach unless they are listed here. In a pattern
 * `*` stands for any characters, in a key for any but `:`.
 */
export interface SecretSources {
  /** Variables of the environment. Default `CHANGE_TRACKING_SECRET_*`. */
  readonly env?: readonly string[] | undefined;
  /** Keys of the stack's configuration. Default `*`, all of the program's own project and none with a namespace. */
  readonly config?: readonly string[] | undefined;
}

export interface ReadOptions {
  /** Folder that paths start from. */
  readonly folder: string;
  /** Region of definitions that name none. Default cn-hangzhou. */
  readonly region?: string | undefined;
  /** Whether a secret is there. Default: nobody looks. */
  readonly secrets?: (reference: SecretReference) => boolean;
  /** Which secrets may be named. Default: see SecretSources. */
  readonly secretSources?: SecretSources | undefined;
}

export interface ReadResult {
  /** In the order in which they are made: by map, then by file and place. */
  readonly definitions: readonly Definition[];
  /** Everything that is wrong, over all files, by file and place. */
  readonly problems: readonly Problem[];
  /** Paths of the files that were read. */
  readonly files: readonly string[];
}

/** What `loadDefinitions` uses of this bundle: types that need no schema, since programs are checked against them. */
export interface DefinitionsBundle {
  readDefinitions(patterns: readonly string[], options: ReadOptions): ReadResult;
  problemsText(problems: readonly Problem[]): string;
  readonly replaceMarkers: typeof replaceMarkers;
  readonly SecretReference: typeof SecretReference;
  readonly DefinitionReference: typeof DefinitionReference;
}
