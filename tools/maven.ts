import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cached } from "./cached.ts";
import { findOnPath } from "./paths.ts";
import { mustRun } from "./ps.ts";

const FETCH_MS_MAX = 5 * 60_000;

/** The programs that all of this needs, or those of them that are missing, and how to get them. */
export function jvmPrograms(): { name: string; available: boolean } {
  const needed = ["java", "javac", "mvn"];
  const missing = needed.filter((name) => !findOnPath(name));
  const list = (missing.length > 0 ? missing : needed).join(", ");
  return { name: `${list} (apt install default-jdk-headless maven)`, available: missing.length === 0 };
}

/**
 * A class path with these artifacts (`group:artifact:version`) and all they need, kept in the user's cache. Rejects when they
 * cannot be fetched.
 */
export async function mavenClassPath(coordinates: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(coordinates.join()).digest("hex").slice(0, 12);
  const folder = await cached(`maven-${hash}`, async (work) => {
    writeFileSync(join(work, "pom.xml"), pomOf(coordinates));
    const goal = [
      "-q",
      "-B",
      "dependency:copy-dependencies",
      "-DincludeScope=runtime",
      `-DoutputDirectory=${work}`,
    ];
    await mustRun("mvn", goal, { cwd: work, timeoutMs: FETCH_MS_MAX });
  });
  return readdirSync(folder)
    .filter((name) => name.endsWith(".jar"))
    .map((name) => join(folder, name))
    .join(delimiter);
}

/** Compiles Java files, kept in the user's cache as long as their texts are the same. Returns the folder of their classes. */
export async function javaClasses(files: readonly string[], classPath: string): Promise<string> {
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  const name = hash.update(classPath).digest("hex").slice(0, 12);
  return cached(`java-${name}`, async (work) => {
    await mustRun("javac", ["-nowarn", "-cp", classPath, "-d", work, ...files], { timeoutMs: FETCH_MS_MAX });
  });
}

function pomOf(coordinates: readonly string[]): string {
  const dependencies = coordinates.map((one) => {
    const [group, artifact, version] = one.split(":");
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  const own =
    "<modelVersion>4.0.0</modelVersion><groupId>local</groupId><artifactId>local</artifactId><version>1</version>";
  return `<project>${own}<dependencies>${dependencies.join("")}</dependencies></project>`;
}
