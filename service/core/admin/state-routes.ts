import { z } from "zod";
import { ServiceError } from "../../../contract/errors/index.ts";
import type { Form } from "../http/json-stream.ts";
import { isDiskFull } from "../store/sqlite-store.ts";
import { AdminError, type AdminRoute, badRequest, notFound } from "./route.ts";

const plain: Form = { plain: true };
const strings: Form = { list: plain };
const cell: Form = { plain: true, map: plain };
const table: Form = { members: { columns: strings, rows: { list: { list: cell } } } };

/** The form of a snapshot's JSON, known while it arrives; what stands in it is judged when it is whole. */
export const snapshotForm: Form = {
  members: {
    format: plain,
    keyFingerprint: plain,
    leftOut: strings,
    rooms: { map: { members: { steps: strings, tables: { map: table } } } },
  },
};

/** Ten years either way; beyond that dates lose their published forms. */
const OFFSET_MS_MAX = 10 * 366 * 86_400_000;
const move = z.union([
  z.strictObject({ offsetMs: z.int().min(-OFFSET_MS_MAX).max(OFFSET_MS_MAX) }),
  z.strictObject({ advanceMs: z.int().min(0).max(OFFSET_MS_MAX) }),
]);

/** What is stored and what time it is. */
export const stateRoutes: readonly AdminRoute[] = [
  {
    method: "POST",
    path: "reset",
    /** Empties the rooms and forgets fault rules and journal; keys, nonces and the clock stay. */
    async handle({ gate, rooms, faults, journal }) {
      await gate.alone(() => rooms.reset());
      faults.clear();
      journal.clear();
      return { reset: true };
    },
  },
  { method: "GET", path: "snapshot", whole: true, handle: ({ rooms }) => rooms.snapshot() },
  {
    method: "POST",
    path: "restore",
    large: snapshotForm,
    async handle({ gate, rooms, kernel }, { body }) {
      try {
        const snapshot = rooms.readSnapshot(body);
        await gate.alone(() => rooms.restore(snapshot));
      } catch (error) {
        if (isDiskFull(error)) throw error;
        kernel.log.warn("restore.refused", { reason: (error as Error).message });
        throw new AdminError(409, "NotRestored", (error as Error).message);
      }
      return { restored: true };
    },
  },
  {
    method: "GET",
    path: "clock",
    handle: ({ clock }) => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs }),
  },
  {
    method: "POST",
    path: "clock",
    handle({ clock, options }, { body }) {
      if (!options.testClock)
        throw new AdminError(403, "ClockFixed", "start the service with --test-clock to move its clock");
      const parsed = move.safeParse(body);
      if (!parsed.success)
        throw badRequest('send { "offsetMs": n } from the real time, or { "advanceMs": n }');
      const next = "offsetMs" in parsed.data ? parsed.data.offsetMs : clock.offsetMs + parsed.data.advanceMs;
      if (Math.abs(next) > OFFSET_MS_MAX) throw badRequest(`the offset must stay within ${OFFSET_MS_MAX} ms`);
      clock.move(next);
      return { now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs };
    },
  },
  {
    method: "POST",
    path: "rooms/:room/:control",
    async handle({ rooms, kernel }, { path, body }) {
      const [, roomName = "", name = ""] = path;
      const controls = rooms.list.find((room) => room.name === roomName)?.controls ?? {};
      const control = Object.hasOwn(controls, name) ? controls[name] : undefined;
      if (!control)
        throw notFound(
          `${roomName} has no control ${name}; it has: ${Object.keys(controls).join(", ") || "none"}`,
        );
      try {
        return await control(kernel, body);
      } catch (error) {
        if (error instanceof ServiceError) throw new AdminError(error.httpStatus, error.code, error.message);
        throw error;
      }
    },
  },
];
