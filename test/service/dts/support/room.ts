import { randomBytes } from "node:crypto";
import {
  compileRequest,
  declaredCase,
  decodeParameters,
} from "../../../../service/core/http/decode-parameters.ts";
import type { CallContext } from "../../../../service/core/kit/action.ts";
import { type MovableClock, systemClock, systemRandom } from "../../../../service/core/kit/clock.ts";
import type { Kernel } from "../../../../service/core/kit/kernel.ts";
import { jsonLog } from "../../../../service/core/kit/log.ts";
import { portBoard } from "../../../../service/core/kit/port-board.ts";
import type { Settings } from "../../../../service/core/settings/service-options.ts";
import { migrate } from "../../../../service/core/store/migrate.ts";
import { openStore } from "../../../../service/core/store/sqlite-store.ts";
import { openVault } from "../../../../service/core/store/vault.ts";
import type { Spawn } from "../../../../service/dts/engine/plane/threads.ts";
import { dtsRoom } from "../../../../service/dts/index.ts";
import { openDts } from "../../../../service/dts/open.ts";

export interface RoomBench {
  readonly kernel: Kernel;
  readonly clock: MovableClock;
  /** Everything logged so far. */
  readonly log: string[];
  /** Decodes, handles and wraps one call as the server does, without HTTP and signatures. */
  call(action: string, input?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Opens the room again over the same store, as a restart does. */
  reopen(): void;
  /** Closes the room only, as a crash leaves it. */
  crash(): void;
  close(): void;
}

/** The room over a store in memory, for tests of what happens behind the answers. */
export function openRoom(options: Partial<Settings> = {}, spawn?: Spawn): RoomBench {
  const settings: Settings = {
    region: "cn-hangzhou",
    accountId: "1",
    waitScale: 0,
    host: "127.0.0.1",
    outbound: { allow: [], deny: [] },
    sourceInstances: {},
    sourceTls: { mode: "prefer", ca: undefined },
    // Threads of a test keep their logs as a folder does.
    dataFolder: spawn ? "kept by the test" : undefined,
    kafka: { host: undefined, port: 0, advertised: undefined, public: undefined },
    rocketmq: { host: undefined, port: 0, advertised: undefined },
    rooms: {},
    ...options,
  };
  const store = openStore();
  const log: string[] = [];
  const clock = systemClock(settings.waitScale);
  const ports = portBoard();
  const kernel: Kernel = {
    clock,
    random: systemRandom(),
    store,
    vault: openVault(randomBytes(32)),
    ports,
    log: jsonLog("debug", clock.now, (line) => log.push(line)),
    settings,
    serviceId: "service-1",
  };
  migrate(store, dtsRoom.name, dtsRoom.migrations, clock.now());
  const open = () => (spawn ? openDts(kernel, spawn) : dtsRoom.open?.(kernel));
  let handle = open();
  return {
    kernel,
    clock,
    log,
    async call(name, input = {}) {
      const definition = dtsRoom.actions.find((action) => action.name === name);
      if (!definition) throw new Error(`no action ${name}`);
      const request = compileRequest(definition.request());
      const parameters = decodeParameters(request, declaredCase(request, { ...input }), dtsRoom.envelope);
      const context: CallContext = {
        ...kernel,
        requestId: "R",
        region: typeof input.RegionId === "string" ? input.RegionId : settings.region,
        namedRegion: typeof input.RegionId === "string" ? input.RegionId : undefined,
        principal: { accountId: "1", accessKeyId: "k", rights: "all" },
        host: "",
        signal: AbortSignal.timeout(5_000),
      };
      const result = await definition.handler(context, parameters as never);
      const meta = { requestId: "R", hostId: "h", action: name };
      return dtsRoom.envelope.success(result, meta) as Record<string, unknown>;
    },
    crash: () => void handle?.close(),
    reopen() {
      void handle?.close();
      handle = open();
    },
    close() {
      void handle?.close();
      clock.close();
      store.close();
    },
  };
}
