import type { ReadResult } from "../../definitions/index.ts";
import type { Io } from "../command.ts";
import { github } from "./github.ts";
import { json } from "./json.ts";
import { sarif } from "./sarif.ts";
import { text } from "./text.ts";

/** Makes the whole output of a check. */
export type Format = (result: ReadResult, io: Io) => string;

export const FORMATS = { text, json, github, sarif } as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;
