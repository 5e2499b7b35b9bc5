import { findOnPath } from "../../tools/paths.ts";
import type { Need } from "./needs.ts";

/** What tests with clients for the JVM need. */
export function mavenNeed(): Need {
  const missing = ["java", "javac", "mvn"].filter((name) => !findOnPath(name));
  const list = missing.length > 0 ? missing.join(", ") : "java, javac, mvn";
  return {
    name: `${list} (apt install default-jdk-headless maven)`,
    available: missing.length === 0,
    offeredByRegistries: true,
  };
}
