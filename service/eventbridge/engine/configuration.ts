import type { Kernel } from "../../core/kit/kernel.ts";
import type { Configuration, Stream } from "../entities.ts";

/** What was put, opened. */
export function configurationOf(kernel: Kernel, stream: Stream): Configuration {
  return JSON.parse(kernel.vault.open(stream.sealedConfiguration)) as Configuration;
}
