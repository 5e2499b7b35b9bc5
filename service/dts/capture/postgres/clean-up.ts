import type { Client } from "pg";
import { type CaptureDependencies, CaptureError, type CaptureJob } from "../capture.ts";
import { closeOn } from "../close-on.ts";
import { textOf } from "../failure.ts";
import { login } from "./login.ts";
import { namesOf, quoteName, type SourceNames } from "./names.ts";
import { slotState } from "./source-state.ts";

const SLOT_TRIES_MAX = 80;
/** Of a slot that another service may be reading. */
const LOST_SLOT_TRIES_MAX = 20;
const SLOT_WAIT_MS = 100;

/** Takes away the slot, the triggers with their function, and the publication. */
export async function cleanUp(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
): Promise<void> {
  const names = namesOf(job);
  try {
    const session = await login(job, dependencies);
    const stop = closeOn(signal, session);
    try {
      await dropSlot(session.client, names.slot);
      for (const statement of statements(names)) await session.client.query(statement);
    } finally {
      stop();
    }
  } catch (error) {
    throw leftover(job, names, error);
  }
}

/**
 * The error of a position that is lost. What the slot keeps is read by nobody from then on, so it goes at once: the job may
 * stay as it is for days. Only where another service reads through it is it left.
 */
export async function withoutSlot(
  job: CaptureJob,
  dependencies: CaptureDependencies,
  signal: AbortSignal,
  lost: CaptureError,
): Promise<CaptureError> {
  const { slot } = namesOf(job);
  const said = (more: string) => new CaptureError(lost.code, `${lost.message} ${more}`, { cause: lost });
  try {
    const session = await login(job, dependencies);
    const stop = closeOn(signal, session);
    try {
      if (!(await dropSlot(session.client, slot, LOST_SLOT_TRIES_MAX))) return lost;
    } finally {
      stop();
    }
    return said(
      `Its replication slot ${slot}, which nobody would read, was dropped, so that it keeps no WAL.`,
    );
  } catch (error) {
    return said(
      `Its replication slot ${slot} may still keep WAL (${textOf(error)}); to drop it, run there: ${dropStatement(slot)};`,
    );
  }
}

function dropStatement(slot: string): string {
  return `SELECT pg_drop_replication_slot('${slot}') FROM pg_replication_slots WHERE slot_name = '${slot}'`;
}

function statements({ trigger, schema, publication }: SourceNames): string[] {
  return [
    `DROP EVENT TRIGGER IF EXISTS ${quoteName(`${trigger}_end`)}`,
    `DROP EVENT TRIGGER IF EXISTS ${quoteName(`${trigger}_drop`)}`,
    `DROP SCHEMA IF EXISTS ${quoteName(schema)} CASCADE`,
    `DROP PUBLICATION IF EXISTS ${quoteName(publication)}`,
  ];
}

/** False where there is none. The walsender of a connection that was just closed holds the slot for a moment. */
async function dropSlot(client: Client, slot: string, triesMax = SLOT_TRIES_MAX): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    if (!(await slotState(client, slot))) return false;
    try {
      await client.query("SELECT pg_drop_replication_slot($1)", [slot]);
      return true;
    } catch (error) {
      if (tries >= triesMax || (error as { code?: unknown }).code !== "55006") throw error;
      await new Promise((resolve) => setTimeout(resolve, SLOT_WAIT_MS));
    }
  }
}

function leftover(job: CaptureJob, names: SourceNames, error: unknown): CaptureError {
  const commands = [dropStatement(names.slot), ...statements(names)].join("; ");
  return new CaptureError(
    "SOURCE_LOST",
    `The source at ${job.host}:${job.port} may still hold the replication slot ${names.slot} and what belongs to it: ${textOf(error)}. The slot keeps WAL until it is dropped. To remove all, run there in the database ${job.database}: ${commands};`,
    { cause: error },
  );
}
