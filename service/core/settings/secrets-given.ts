import { tokenFromEnvironment, UsageError, type Values } from "./environment-variables.ts";
import { matching, stringOf } from "./flag-values.ts";
import { readSecretFile } from "./secret-file.ts";
import type { KeyOption } from "./service-options.ts";
import { ACCESS_KEY_ID, accessKeySecret, serviceToken } from "./settings-file.ts";

/*
 * Secrets that flags and environment give. They name files, because both are seen by others: a container's environment by
 * all who may inspect it.
 */

/**
 * The access key of flags and environment; undefined where there is none. An id in the environment that has no file beside
 * it is a client's, such as the provider's.
 */
export function keysGiven(flags: Values, environment: Values): readonly KeyOption[] | undefined {
  const values = { ...environment, ...flags };
  const file = stringOf(values, "access-key-secret-file");
  if (file === undefined) {
    if (flags["access-key-id"] === undefined) return undefined;
    throw new UsageError("--access-key-id goes with --access-key-secret-file");
  }
  const accessKeyId = matching(values, "access-key-id", ACCESS_KEY_ID);
  if (accessKeyId === undefined) throw new UsageError("--access-key-secret-file goes with --access-key-id");
  const secret = readSecretFile("--access-key-secret-file", file, "accessKeySecret", accessKeySecret);
  return [{ accessKeyId, accessKeySecret: secret, rights: "all", active: true }];
}

/** The service token of flags and environment; undefined where there is none. */
export function tokenGiven(flags: Values, environment: Values, env: NodeJS.ProcessEnv): string | undefined {
  const token = tokenFromEnvironment(env);
  const isFlag = flags["service-token-file"] !== undefined;
  const file = stringOf(isFlag ? flags : environment, "service-token-file");
  if (file === undefined) return token;
  if (!isFlag && token !== undefined)
    throw new UsageError(
      "CHANGE_TRACKING_SERVICE_TOKEN and CHANGE_TRACKING_SERVICE_TOKEN_FILE exclude each other",
    );
  return readSecretFile("--service-token-file", file, "serviceToken", serviceToken);
}
