import { LOCAL_HOST, LOCAL_PORT } from "../../../contract/local.ts";
import { serverLimits } from "../http/server-limits.ts";
import type { ServiceOptions } from "./options.ts";

/** What holds when nothing is said: loopback, everything in memory, waits as published. */
export const defaultOptions: ServiceOptions = {
  region: "cn-hangzhou",
  accountId: "1000000000000001",
  waitScale: 1,
  outbound: { allow: [], deny: [] },
  sourceInstances: {},
  rooms: {},
  host: LOCAL_HOST,
  port: LOCAL_PORT,
  dataFolder: undefined,
  keys: [],
  serviceToken: undefined,
  hosts: [],
  origins: [],
  testClock: false,
  logLevel: "info",
  seedPath: undefined,
  vaultKeyPath: undefined,
  limits: serverLimits,
};
