import type { ClientReport, CommandStream } from "../clients.ts";
import { groupOf, topicNameOf } from "../resources.ts";
import { OK, Refusal } from "../status.ts";
import { enums } from "../wire/generated/enums.ts";
import type { Settings, SubscriptionEntry, TelemetryCommand } from "../wire/generated/messages.d.ts";
import type { Draft } from "../wire/wire.ts";
import type { Caller, Room } from "./call.ts";
import { answeredSettings } from "./settings.ts";

const { ClientType, FilterType, Language } = enums;
const WORD_CHARS_MAX = 128;
const EXPRESSION_CHARS_MAX = 4096;
const ANSWERED_AGAIN_MS = 1_000;

/**
 * One command of a client. Settings are answered at once. What it reports of itself otherwise (its threads, the try of a message)
 * answers commands that are not sent here, and is taken without an answer, as published. Throws like a Call.
 */
export function clientCommand(
  { settings }: TelemetryCommand,
  caller: Caller,
  room: Room,
  stream: CommandStream,
): void {
  if (!settings) return;
  const isNew = room.clients.find(caller.clientId) === undefined;
  const report = reportOf(settings, caller, room);
  room.clients.report(report, stream);
  const answer = { status: OK, settings: answeredSettings(settings, room) };
  stream.send(answer);
  // The Node client 1.0.8 does not see an answer that comes before those to all its route calls; the next it would ask for
  // five minutes later. To the others settings may come at any time.
  const hasSeveralRoutes = report.topics.length + report.subscriptions.length > 1;
  if (isNew && hasSeveralRoutes) setTimeout(() => stream.send(answer), ANSWERED_AGAIN_MS).unref();
}

function reportOf(settings: Settings, caller: Caller, room: Room): ClientReport {
  const { publishing, subscription, userAgent } = settings;
  const agent = {
    clientId: caller.clientId,
    address: caller.address,
    language: languageOf(userAgent?.language) ?? caller.language,
    version: (userAgent?.version || caller.version).slice(0, WORD_CHARS_MAX),
  };
  if (publishing) {
    checkCount(publishing.topics.length, room);
    return { ...agent, kind: "PRODUCER", subscriptions: [], topics: publishing.topics.map(topicNameOf) };
  }
  if (!subscription)
    throw new Refusal("BAD_REQUEST", "the settings hold neither what is published nor what is subscribed");
  checkCount(subscription.subscriptions.length, room);
  return {
    ...agent,
    kind: consumerKindOf(settings.clientType),
    group: groupOf(subscription.group, room).name,
    subscriptions: subscription.subscriptions.map(subscriptionOf),
    topics: [],
  };
}

function consumerKindOf(clientType: number | null): "PUSH_CONSUMER" | "SIMPLE_CONSUMER" {
  if (clientType === ClientType.PUSH_CONSUMER) return "PUSH_CONSUMER";
  if (clientType === ClientType.SIMPLE_CONSUMER) return "SIMPLE_CONSUMER";
  throw new Refusal(
    "UNRECOGNIZED_CLIENT_TYPE",
    "clients are producers, push consumers and simple consumers here",
  );
}

function subscriptionOf({ topic, expression }: SubscriptionEntry): ClientReport["subscriptions"][number] {
  return {
    topic: topicNameOf(topic),
    type: expression?.type === FilterType.SQL ? "SQL92" : "TAG",
    expression: (expression?.expression || "*").slice(0, EXPRESSION_CHARS_MAX),
  };
}

function languageOf(language = 0): string | undefined {
  if (language === Language.LANGUAGE_UNSPECIFIED) return undefined;
  return Object.entries(Language).find(([, value]) => value === language)?.[0];
}

function checkCount(count: number, { limits: { subscriptionsMax } }: Room): void {
  if (count > subscriptionsMax)
    throw new Refusal("BAD_REQUEST", `a client names at most ${subscriptionsMax} topics`);
}

/** The producer of half a message is asked what has become of its transaction. */
export function recoverCommand(message: Draft<TelemetryCommand["recoverOrphanedTransactionCommand"]>) {
  return { status: OK, recoverOrphanedTransactionCommand: message };
}
