import { EVENTBRIDGE_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { type BackgroundWork, roomLifecycle } from "../../core/kit/room-lifecycle.ts";
import type { Thread } from "../../core/threads/kept-thread.ts";
import type { Stream, StreamStatus } from "../entities.ts";
import { type EventbridgeStore, eventbridgeStore } from "../store.ts";
import { checkStream } from "./check.ts";
import { configurationOf } from "./configuration.ts";
import { watchOrphans } from "./orphans.ts";
import { InflowPlane } from "./plane/inflow-plane.ts";

/** How long STARTING takes; the settings' wait scale multiplies it. */
const STARTING_MS = 300;

/** Moves streams through their states. A process that dies takes up STARTING again when it opens. */
interface Lifecycle {
  /** The stream must have just been read, inside a transaction. */
  start(stream: Stream): void;
  pause(stream: Stream): void;
  /** Stores an edited stream in the state that it is in; one that runs is checked again. */
  edit(stream: Stream): void;
  /** Moves the data of the streams that run; whoever deletes one lets it look. */
  readonly plane: InflowPlane;
  /** Fails the streams that have lost their group, source, instance or topic, a moment later. */
  lookAgain(): void;
}

export const {
  open: openLifecycle,
  of: lifecycleOf,
  find: findLifecycle,
} = roomLifecycle("eventbridge", startLifecycle);

function startLifecycle(kernel: Kernel, background: BackgroundWork, spawn: () => Thread): Lifecycle {
  const store = eventbridgeStore(kernel.store);
  const settleLater = (stream: Stream) => background.later(STARTING_MS, () => settle(stream));

  const plane = new InflowPlane({
    kernel,
    spawn,
    ended({ region, name }, { why, message }) {
      background.transition({ name }, () => {
        const stream = store.stream(region, name);
        // MQ-14: a stream that is blocked is ready to be started again, as published.
        if (stream?.status === "RUNNING")
          enter(stream, why === "blocked" ? "READY" : "RUNNING_FAILED", { failure: message });
      });
    },
  });

  function enter(
    stream: Stream,
    status: StreamStatus,
    { failure, isLost }: Pick<Stream, "failure" | "isLost"> = {},
  ): Stream {
    const next: Stream = {
      ...stream,
      status,
      failure,
      isLost,
      generation: stream.generation + 1,
      updatedAtMs: kernel.clock.now(),
    };
    store.updateStream(next);
    kernel.log.info("eventbridge.stream", { name: stream.name, from: stream.status, to: status, failure });
    if (status === "STARTING") settleLater(next);
    plane.look(next);
    return next;
  }

  /** Ends STARTING by what the check finds, unless something else has happened since. */
  function settle(from: Stream): void {
    background.transition({ name: from.name }, () => {
      const stream = store.stream(from.region, from.name);
      if (stream?.generation !== from.generation) return;
      const failure = failureOf(kernel, stream);
      enter(stream, failure === undefined ? "RUNNING" : "STARTING_FAILED", { failure });
    });
  }

  const lifecycle: Lifecycle = {
    start(stream) {
      if (stream.status === "RUNNING" || stream.status === "STARTING") return;
      claimGroup(store, stream);
      enter(stream, "STARTING");
    },
    pause(stream) {
      if (stream.status !== "PAUSED") enter(stream, "PAUSED");
    },
    edit(stream) {
      if (stream.status === "STARTING" || stream.status === "RUNNING") claimGroup(store, stream);
      const failure = stream.status === "RUNNING" ? failureOf(kernel, stream) : stream.failure;
      const failed = stream.status === "RUNNING" && failure !== undefined;
      enter(stream, failed ? "RUNNING_FAILED" : stream.status, { failure });
    },
    plane,
    lookAgain: watchOrphans({
      kernel,
      background,
      fail: (stream, reason) => void enter(stream, "RUNNING_FAILED", { failure: reason, isLost: true }),
      recover({ region, name }) {
        const stream = store.stream(region, name);
        if (stream?.isLost && stream.status === "RUNNING_FAILED" && !otherReader(store, stream))
          enter(stream, "STARTING");
      },
    }),
  };
  for (const stream of store.streamsIn("STARTING")) settleLater(stream);
  // What went just before a crash was looked after by nobody.
  lifecycle.lookAgain();
  plane.begin();
  return lifecycle;
}

/** DTS-2. */
function claimGroup(store: EventbridgeStore, stream: Stream): void {
  const other = otherReader(store, stream);
  if (!other) return;
  throw serviceError(EVENTBRIDGE_ERRORS.GroupInUse, {
    detail: `${other.name} in ${other.region} is ${other.status} on ${stream.groupId}; a group has one consumer: pause or delete that stream first, or use another group.`,
    rule: "DTS-2",
  });
}

function otherReader(store: EventbridgeStore, { groupId, region, name }: Stream): Stream | undefined {
  if (groupId === "") return undefined;
  return store.readersOf(groupId).find((one) => one.name !== name || one.region !== region);
}

/** All that is wrong, in one text. */
function failureOf(kernel: Kernel, stream: Stream): string | undefined {
  const problems = checkStream(kernel, stream, configurationOf(kernel, stream));
  return problems.length === 0 ? undefined : problems.join("; ");
}
