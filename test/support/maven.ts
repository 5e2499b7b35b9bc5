import { jvmPrograms } from "../../tools/maven.ts";
import type { Need } from "./needs.ts";

/** What tests with clients for the JVM need. */
export function mavenNeed(): Need {
  return { ...jvmPrograms(), offeredByRegistries: true };
}
