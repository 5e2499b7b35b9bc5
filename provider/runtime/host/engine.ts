import { createRequire } from "node:module";

/**
 * Messages to the person who runs Pulumi. A dynamic provider's own output only reaches the stack as an
 * information line, so messages go over the engine's log instead, where they stand at their resource.
 */
export interface EngineLog {
  /** Shown at the resource, or at the stack when the URN is unknown. */
  warn(message: string, urn?: string): void;
  info(message: string, urn?: string): void;
  /** Replaces the resource's previous progress text; kept nowhere. */
  progress(message: string, urn?: string): void;
}

export const silentLog: EngineLog = { warn: () => {}, info: () => {}, progress: () => {} };

/** The address of the engine, which the host process is started with; undefined in any other process. */
export function engineAddress(argv: readonly string[]): string | undefined {
  return argv.slice(2).find((argument) => /^[\w.[\]:-]+:\d+$/.test(argument));
}

/** The engine's log at an address; a message that cannot be delivered is written to stderr. */
export function engineLog(address: string | undefined): EngineLog {
  if (address === undefined) return silentLog;
  let sender: Sender | undefined;
  const send = (severity: Severity, message: string, urn: string | undefined, ephemeral: boolean) => {
    try {
      sender ??= openSender(address);
      sender(severity, message, urn ?? "", ephemeral);
    } catch {
      if (!ephemeral) process.stderr.write(`${message}\n`);
    }
  };
  return {
    warn: (message, urn) => send("WARNING", message, urn, false),
    info: (message, urn) => send("INFO", message, urn, false),
    progress: (message, urn) => send("INFO", message, urn, true),
  };
}

type Severity = "WARNING" | "INFO";
type Sender = (severity: Severity, message: string, urn: string, ephemeral: boolean) => void;

interface EngineModules {
  readonly grpc: { credentials: { createInsecure(): unknown } };
  readonly client: {
    EngineClient: new (
      address: string,
      credentials: unknown,
    ) => { log(request: unknown, done: (error: unknown) => void): void };
  };
  readonly messages: {
    LogSeverity: Record<Severity, number>;
    LogRequest: new () => {
      setSeverity(severity: number): void;
      setMessage(message: string): void;
      setUrn(urn: string): void;
      setEphemeral(ephemeral: boolean): void;
    };
  };
}

/** Loads the engine's protocol from the Pulumi SDK whose host runs this process. */
function openSender(address: string): Sender {
  const { grpc, client, messages } = loadEngineModules();
  const engine = new client.EngineClient(address, grpc.credentials.createInsecure());
  return (severity, message, urn, ephemeral) => {
    const request = new messages.LogRequest();
    request.setSeverity(messages.LogSeverity[severity]);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(ephemeral);
    engine.log(request, () => {});
  };
}

function loadEngineModules(): EngineModules {
  const host = process.argv[1] ?? process.cwd();
  const require = createRequire(host);
  return {
    grpc: require("@grpc/grpc-js"),
    client: require("@pulumi/pulumi/proto/engine_grpc_pb"),
    messages: require("@pulumi/pulumi/proto/engine_pb"),
  };
}
