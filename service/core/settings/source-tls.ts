import { readFileSync } from "node:fs";
import { UsageError, type Values } from "./environment-variables.ts";
import { oneOf, stringOf } from "./flag-values.ts";
import { defaultOptions, type SourceTls, sourceTlsModes } from "./service-options.ts";
import type { SettingsFile } from "./settings-file.ts";

/**
 * What flags and environment, then the settings file say of TLS to sources. Throws UsageError where the certificates cannot be
 * read, and where there are some that nothing would be checked against.
 */
export function sourceTlsGiven(values: Values, file: SettingsFile["sourceTls"]): SourceTls {
  const mode = oneOf(values, "source-tls", sourceTlsModes) ?? file?.mode ?? defaultOptions.sourceTls.mode;
  const path = stringOf(values, "source-tls-ca") ?? file?.caFile;
  if (path === undefined) return { mode, ca: undefined };
  if (mode !== "verify")
    throw new UsageError(
      `--source-tls-ca goes with --source-tls verify, got ${mode}, which checks no certificate`,
    );
  return { mode, ca: readCertificates(path) };
}

function readCertificates(path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--source-tls-ca ${path} cannot be read: ${(error as Error).message}`);
  }
  if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
  throw new UsageError(`--source-tls-ca ${path} holds no certificate in PEM`);
}
