import { EVENTBRIDGE_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { StreamRequest } from "../../../contract/eventbridge/stream-definition.ts";
import type { CallContext } from "../../core/kit/action.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Configuration, Stream } from "../entities.ts";
import { invalidArgument } from "../envelope.ts";
import { eventbridgeStore } from "../store.ts";
import { sourceRefusal } from "./check-source.ts";
import { configurationOf } from "./configuration.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { deadLetterProblem } from "./sink-place.ts";

export function createStream(ctx: CallContext, request: StreamRequest): Stream {
  judge(ctx, request, undefined);
  return ctx.store.transaction(() => {
    const store = eventbridgeStore(ctx.store);
    if (store.stream(ctx.region, request.EventStreamingName)) {
      throw serviceError(EVENTBRIDGE_ERRORS.StreamExists, { dynamicMessage: request.EventStreamingName });
    }
    const now = ctx.clock.now();
    const stream: Stream = {
      region: ctx.region,
      name: request.EventStreamingName,
      accountId: ctx.principal.accountId,
      status: "READY",
      createdAtMs: now,
      updatedAtMs: now,
      generation: 1,
      description: request.Description,
      filterPattern: request.FilterPattern,
      ...kept(ctx, request),
    };
    store.insertStream(stream);
    return stream;
  });
}

/** Keeps the run state; a stream that runs is checked again, and fails when it could not run so. */
export function updateStream(ctx: CallContext, request: StreamRequest): void {
  ctx.store.transaction(() => {
    const present = streamOf(ctx, request.EventStreamingName);
    const before = configurationOf(ctx, present);
    const whole: StreamRequest = {
      ...request,
      RunOptions: request.RunOptions ?? before.RunOptions,
      Transforms: request.Transforms ?? before.Transforms,
    };
    judge(ctx, whole, present);
    const next: Stream = {
      ...present,
      description: request.Description ?? present.description,
      filterPattern: request.FilterPattern,
      ...kept(ctx, whole),
    };
    lifecycleOf(ctx).edit(
      // Another group has other offsets: nothing was consumed with it yet.
      next.groupId === present.groupId ? next : { ...next, firstConsumedAtMs: undefined },
    );
  });
}

export function streamOf(ctx: CallContext, name: string): Stream {
  const stream = findStream(ctx, name);
  if (!stream) throw streamNotExisted(name);
  return stream;
}

/** By name in the region that is meant; where the call names none, the only one of that name elsewhere will do. */
export function findStream(ctx: CallContext, name: string): Stream | undefined {
  const store = eventbridgeStore(ctx.store);
  const here = store.stream(ctx.region, name);
  if (here || ctx.namedRegion !== undefined) return here;
  const [only, another] = store.streamsNamed(name);
  return another ? undefined : only;
}

function streamNotExisted(name: string): ServiceError {
  return serviceError(EVENTBRIDGE_ERRORS.StreamNotExisted, { dynamicMessage: name });
}

export function arnOf(stream: Stream): string {
  return `acs:eventbridge:${stream.region}:${stream.accountId}:eventstreaming/${stream.name}`;
}

/** Rules over several parameters, and those about a group that is known already. */
function judge(ctx: CallContext, request: StreamRequest, present: Stream | undefined): void {
  const deadLetter = deadLetterProblem(request.RunOptions, request.Sink);
  if (deadLetter !== undefined) {
    throw invalidArgument(`RunOptions.DeadLetterQueue.Arn ${deadLetter.text}`, "RunOptions", deadLetter.rule);
  }
  const source = request.Source.SourceDTSParameters;
  if (!source) return;
  const consumed = present?.groupId === source.Sid && present.firstConsumedAtMs !== undefined;
  const refused = sourceRefusal(ctx, source, consumed);
  if (refused === undefined) return;
  throw invalidArgument(`Source.SourceDTSParameters.${refused.text}`, "Source", refused.rule);
}

function kept(kernel: Kernel, request: Configuration): Pick<Stream, "groupId" | "sealedConfiguration"> {
  const { Source, Sink, RunOptions, Transforms } = request;
  return {
    groupId: Source.SourceDTSParameters?.Sid ?? "",
    sealedConfiguration: kernel.vault.seal(JSON.stringify({ Source, Sink, RunOptions, Transforms })),
  };
}
