import type { Document } from "yaml";
import type { MapName, Mapping } from "./maps.ts";
import type { Source } from "./source.ts";

/** A definition as it stands in its file. */
export interface Draft {
  readonly map: MapName;
  readonly name: string;
  readonly owner: string;
  readonly source: Source;
  readonly document: Document.Parsed;
  /** Of its name. */
  readonly line: number;
  readonly inputs: Mapping;
}

/** A definition whose secrets and references are markers (see markers.ts) and ids. */
export interface Resolved {
  readonly draft: Draft;
  readonly inputs: Mapping;
}
