import { ServerCredentials } from "@grpc/grpc-js";
import type { MessagingBackend } from "./backend.ts";
import type { Place, Room } from "./calls/call.ts";
import { recoverCommand } from "./calls/telemetry.ts";
import { Clients } from "./clients.ts";
import { Endpoint } from "./endpoint.ts";
import { Held } from "./held.ts";
import { DEFAULT_LIMITS, type MessagingLimits } from "./limits.ts";
import { bounded, type MessagingLog } from "./messaging-log.ts";
import { messagingServer } from "./server.ts";
import { Turnstile } from "./turnstile.ts";
import { undecidedMessage } from "./wire/message.ts";

const SWEEP_EVERY_MS = 1_000;
/** Answers that are on their way when the listener closes. */
const CLOSING_MS_MAX = 1_000;

interface MessagingListenerOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** 0 or left out: any that is free. */
  readonly port?: number;
  /** Where clients are told to connect. Default: where each of them says that it has come. */
  readonly advertised?: Partial<Place> | undefined;
  readonly backend: MessagingBackend;
  /** The instance's id: the one namespace that clients may name; they need not. */
  readonly namespace: string;
  readonly limits?: Partial<MessagingLimits>;
  readonly log?: MessagingLog;
  /** Milliseconds. */
  readonly now?: () => number;
}

export interface MessagingListener {
  readonly host: string;
  readonly port: number;
  /** Ends all calls and connections, and stops listening. */
  close(): Promise<void>;
}

/** Resolves when it listens. Rejects with a MessagingListenError. */
export async function startMessagingListener(options: MessagingListenerOptions): Promise<MessagingListener> {
  const { host = "127.0.0.1", port = 0, backend, now = Date.now } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = bounded(options.log ?? (() => {}), now);
  const held = new Held({ backend, limits, now });
  const turnstile = new Turnstile(limits);
  const clients = new Clients({
    limits,
    now,
    changed: (present) => backend.clients(present),
    gone: (clientId) => {
      turnstile.stop(clientId);
      held.drop(clientId);
    },
  });
  const room: Room = {
    backend,
    limits,
    namespace: options.namespace,
    advertised: options.advertised ?? {},
    clients,
    held,
    turnstile,
    called: (address) => endpoint.called(address),
    drop: (address, reason) => endpoint.drop(address, reason),
    log,
    now,
  };
  const server = messagingServer(room);
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  const endpoint = new Endpoint({
    host,
    port,
    limits,
    connected: (socket) => injector.injectConnection(socket),
    log,
    now,
  });
  await endpoint.listen();
  const stopAsking = backend.onUndecided((half) => {
    const message = { message: undecidedMessage(half), transactionId: half.transactionId };
    clients.producerOf(half.topic)?.send(recoverCommand(message));
  });
  const timer = setInterval(() => {
    endpoint.sweep();
    clients.sweep();
    void held.sweep();
  }, SWEEP_EVERY_MS).unref();
  return {
    host,
    port: endpoint.port,
    async close() {
      clearInterval(timer);
      stopAsking();
      turnstile.stopAll();
      clients.close();
      injector.drain(CLOSING_MS_MAX);
      await endpoint.close(CLOSING_MS_MAX);
      server.forceShutdown();
    },
  };
}
