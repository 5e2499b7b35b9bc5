import type { Kernel } from "../../../core/kit/kernel.ts";
import type { Job, JobConfiguration } from "../../entities.ts";
import { settingsOf } from "../../settings.ts";
import type { CaptureOrder } from "../../threads/messages.ts";
import { trackedDatabase } from "../address.ts";
import { targetOf } from "../source.ts";

/** Engines that are captured, in small letters; others are declarations, whatever the precheck could look at. */
const CAPTURED: readonly string[] = ["postgresql", "mysql", "mariadb"];

type Captured = Pick<CaptureOrder, "family" | "host" | "port" | "isConfigured">;

/** Where a configuration's source is captured; undefined when it is only declared. */
export function capturedSource(
  kernel: Pick<Kernel, "settings">,
  configuration: JobConfiguration | undefined,
): Captured | undefined {
  if (!configuration || !settingsOf(kernel).capture) return undefined;
  const target = targetOf(configuration.source, kernel.settings);
  if (!target || !CAPTURED.includes(configuration.source.engineName.toLowerCase())) return undefined;
  const { family, host, port, isConfigured } = target;
  return family === "other" ? undefined : { family, host, port, isConfigured };
}

/** Why a configured job's source is not captured; undefined when it is. */
export function whyNotCaptured(kernel: Pick<Kernel, "settings">, job: Job): string | undefined {
  const { configuration } = job;
  if (!configuration || capturedSource(kernel, configuration)) return undefined;
  if (!settingsOf(kernel).capture) return "not captured by the local service: rooms.dts.capture is false";
  const target = targetOf(configuration.source, kernel.settings);
  const why = target
    ? `${configuration.source.engineName} is a declaration here`
    : `no address is known for ${configuration.source.instanceId}; the setting sourceInstances gives one`;
  return `not captured by the local service: ${why}`;
}

/** States in which the source is read, or tried again. */
export function isCapturing({ status, trouble }: Job): boolean {
  if (status === "Abnormal") return trouble !== undefined && !trouble.isFinal;
  return status === "Starting" || status === "Normal" || status === "Modifying";
}

/** What the capture thread is told; the password is in clear here and in that thread, nowhere else. */
export function orderOf(
  kernel: Kernel,
  captureId: string,
  configuration: JobConfiguration,
  more: Pick<CaptureOrder, "mayBegin" | "firstOffset" | "run"> & { readonly serviceId?: string },
): CaptureOrder | undefined {
  const source = capturedSource(kernel, configuration);
  if (!source) return undefined;
  const { sealedPassword, startAtSeconds } = configuration;
  return {
    captureId,
    serviceId: kernel.serviceId,
    ...source,
    user: configuration.source.userName,
    password: sealedPassword === undefined ? "" : kernel.vault.open(sealedPassword),
    database: trackedDatabase(configuration.source, configuration.objects),
    objects: configuration.objects,
    dml: configuration.dml,
    ddl: configuration.ddl,
    ...(startAtSeconds === undefined ? {} : { startAtSeconds }),
    ...more,
  };
}
