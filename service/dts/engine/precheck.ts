import { scrubbed } from "../../../contract/secrets/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { dial } from "../../core/outbound/dial.ts";
import { failureText } from "../../core/outbound/failure-text.ts";
import type { Job, PrecheckItem, PrecheckReport } from "../entities.ts";
import { trackedDatabase } from "./address.ts";
import { checkMysql } from "./precheck-mysql.ts";
import { checkPostgres } from "./precheck-postgres.ts";
import type { Fault, Probe } from "./precheck-probe.ts";
import { checkTcp } from "./precheck-tcp.ts";
import { targetOf } from "./source.ts";

/** All of one source's checks together; each step inside has a shorter bound of its own. */
const PRECHECK_MS_MAX = 1_900;

const CONNECT_MS_MAX = 1_500;
/** A source may say what it likes, megabytes of it; so much is kept and shown. */
const TEXT_CHARS_MAX = 1_000;

/** Connects to the job's source and looks at what change capture needs. Never rejects, ends within 2 s. */
export async function precheck(kernel: Kernel, job: Job): Promise<PrecheckReport> {
  const items: PrecheckItem[] = [];
  let startedAtMs = kernel.clock.now();
  const configuration = job.configuration;
  const record = (name: string, description: string, fault: Fault | undefined, secret?: string) => {
    const finishedAtMs = kernel.clock.now();
    const times = { startedAtMs, finishedAtMs };
    startedAtMs = finishedAtMs;
    if (!fault) items.push({ item: name, description, result: "Success", ...times });
    else items.push({ item: name, description, result: "Failed", ...kept(fault, secret), ...times });
    return fault === undefined;
  };
  if (!configuration) {
    record("CHECK_CONN_SRC", "The source answers and accepts the account.", {
      reason: "The task is not configured.",
      repair: "Call ConfigureSubscription first.",
    });
    return { items, declaredOnly: false };
  }
  const target = targetOf(configuration.source, kernel.settings);
  if (!target) {
    const id = configuration.source.instanceId;
    record(
      "CHECK_CONN_SRC",
      `Declared only: no address is known for ${id}, so nothing was connected to.`,
      undefined,
    );
    return { items, declaredOnly: true };
  }
  let done = false;
  let password: string | undefined;
  try {
    password =
      configuration.sealedPassword === undefined
        ? undefined
        : kernel.vault.open(configuration.sealedPassword);
    const probe: Probe = {
      target,
      configuration,
      database: trackedDatabase(configuration.source, configuration.objects),
      password,
      connect: () => dial(kernel.settings, { ...target, msMax: CONNECT_MS_MAX }),
      tls: kernel.settings.sourceTls,
      item: (name, description, fault) => !done && record(name, description, fault, password),
    };
    await bounded(checkOf(probe), PRECHECK_MS_MAX, `${target.host}:${target.port}`);
  } catch (error) {
    record(
      "CHECK_CONN_SRC",
      "The source answers and accepts the account.",
      { reason: failureText(error), repair: "See that the source is reachable, then start the task again." },
      password,
    );
  }
  done = true;
  return { items, declaredOnly: false };
}

function checkOf(probe: Probe): Promise<void> {
  if (probe.target.family === "mysql") return checkMysql(probe);
  if (probe.target.family === "postgres") return checkPostgres(probe);
  return checkTcp(probe);
}

async function bounded(work: Promise<void>, msMax: number, where: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer from ${where} within ${msMax} ms.`)), msMax);
    timer.unref();
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** Drivers do not repeat passwords; should one ever do, it does not leave here. Only then is the text cut. */
function kept(fault: Fault, secret: string | undefined): Fault {
  const reason = secret ? scrubbed(fault.reason, [secret]) : fault.reason;
  return { reason: cut(reason), repair: cut(fault.repair) };
}

function cut(text: string): string {
  return text.length > TEXT_CHARS_MAX ? `${text.slice(0, TEXT_CHARS_MAX)}...` : text;
}
