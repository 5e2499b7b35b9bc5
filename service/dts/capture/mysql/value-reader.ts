import type { AvroWriter } from "../../records/avro-writer.ts";

/** Reads the value that begins at `at`, writes it with its branch, and gives where it ends. Beyond the end it throws. */
export type ValueReader = (out: AvroWriter, bytes: Buffer, at: number) => number;
