import { EVENTBRIDGE_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import { type BackgroundWork, roomLifecycle } from "../../core/kit/room-lifecycle.ts";
import type { Stream, StreamStatus } from "../entities.ts";
import { type EventbridgeStore, eventbridgeStore } from "../store.ts";
import { checkStream } from "./check.ts";
import { configurationOf } from "./configuration.ts";
import { watchOrphans } from "./orphans.ts";

/** How long STARTING takes; the settings' wait scale multiplies it. */
const STARTING_MS = 300;

/** Moves streams through their states. A process that dies takes up STARTING again when it opens. */
interface Lifecycle {
  /** The stream must have just been read, inside a transaction. */
  start(stream: Stream): void;
  pause(stream: Stream): void;
  /** Stores an edited stream in the state that it is in; one that runs is checked again. */
  edit(stream: Stream): void;
  /** Fails the streams that have lost their group, source, instance or topic, a moment later. */
  lookAgain(): void;
}

export const { open: openLifecycle, of: lifecycleOf } = roomLifecycle("eventbridge", startLifecycle);

function startLifecycle(kernel: Kernel, background: BackgroundWork): Lifecycle {
  const store = eventbridgeStore(kernel.store);
  const settleLater = (stream: Stream) => background.later(STARTING_MS, () => settle(stream));

  function enter(stream: Stream, status: StreamStatus, failure?: string): Stream {
    const next: Stream = {
      ...stream,
      status,
      failure,
      generation: stream.generation + 1,
      updatedAtMs: kernel.clock.now(),
    };
    store.updateStream(next);
    kernel.log.info("eventbridge.stream", { name: stream.name, from: stream.status, to: status, failure });
    if (status === "STARTING") settleLater(next);
    return next;
  }

  /** Ends STARTING by what the check finds, unless something else has happened since. */
  function settle(from: Stream): void {
    background.transition({ name: from.name }, () => {
      const stream = store.stream(from.region, from.name);
      if (stream?.generation !== from.generation) return;
      const failure = failureOf(kernel, stream);
      enter(stream, failure === undefined ? "RUNNING" : "STARTING_FAILED", failure);
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
      enter(stream, failed ? "RUNNING_FAILED" : stream.status, failure);
    },
    lookAgain: watchOrphans({
      kernel,
      background,
      fail: (stream, reason) => void enter(stream, "RUNNING_FAILED", reason),
    }),
  };
  for (const stream of store.streamsIn("STARTING")) settleLater(stream);
  // What went just before a crash was looked after by nobody.
  lifecycle.lookAgain();
  return lifecycle;
}

/** DTS-2. */
function claimGroup(store: EventbridgeStore, stream: Stream): void {
  if (stream.groupId === "") return;
  const other = store
    .readersOf(stream.groupId)
    .find((one) => one.name !== stream.name || one.region !== stream.region);
  if (!other) return;
  throw serviceError(EVENTBRIDGE_ERRORS.GroupInUse, {
    detail: `${other.name} in ${other.region} is ${other.status} on ${stream.groupId}; a group has one consumer: pause or delete that stream first, or use another group.`,
    rule: "DTS-2",
  });
}

/** All that is wrong, in one text. */
function failureOf(kernel: Kernel, stream: Stream): string | undefined {
  const problems = checkStream(kernel, stream, configurationOf(kernel, stream));
  return problems.length === 0 ? undefined : problems.join("; ");
}
