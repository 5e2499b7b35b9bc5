/*
 * Why: clients read answers by type, each in its own way, and an action that only one of them was ever tried
 * with tends to break for the others. Every action that is served is called here by every official npm client
 * in every form of signing, with parameters in the query and in the form.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DTS_ACTIONS } from "../../../contract/dts/index.ts";
import { dtsRoom } from "../../../service/dts/index.ts";
import { misfits } from "../../support/misfits.ts";
import { startService, type TestService } from "../../support/service.ts";
import { shapesOf } from "../../support/shapes.ts";
import { type Client, clients, type Target } from "../core/support/clients.ts";
import { type Do, wholeLife } from "./support/life.ts";

const shapes = shapesOf(DTS_ACTIONS);
const VERSION = "2020-01-01";
let service: TestService;
let target: Target;
beforeAll(async () => {
  service = await startService({ rooms: [dtsRoom] });
  target = { endpoint: service.endpoint, ...service.key };
});
afterAll(() => service.stop());

function callerOf(client: Client, where: "query" | "body", called: Set<string>): Do {
  return async (action, params = {}) => {
    const { body, ...failure } = await client.rpc(target, { version: VERSION, action, [where]: params });
    expect(failure, action).toEqual({});
    expect(misfits(body, shapes[action] ?? {}), action).toEqual([]);
    called.add(action);
    return body ?? {};
  };
}

/**
 * pop-core takes any `Code` but 200 and OK for a failure. The published answer of this action has the kind of
 * subtask in `Code` ("01"), so pop-core refuses it, here as with the published API.
 */
const NOT_FOR_POP_CORE = "DescribePreCheckStatus";

describe.each(Object.entries(clients))("%s", (name, client) => {
  it.each(["query", "body"] as const)("calls every action with its parameters in the %s", async (where) => {
    const called = new Set<string>();
    await wholeLife(callerOf(client, where, called));
    const missing = dtsRoom.actions.map((action) => action.name).filter((action) => !called.has(action));
    expect(missing).toEqual([NOT_FOR_POP_CORE]);
  });

  it("reads a precheck, unless it takes the kind of subtask for a failure", async () => {
    const call = callerOf(client, "query", new Set());
    const { JobId } = await call("CreateDtsInstance", { Type: "SUBSCRIBE", PayType: "PostPaid" });
    const outcome = await client.rpc(target, {
      version: VERSION,
      action: NOT_FOR_POP_CORE,
      query: { DtsJobId: String(JobId), JobCode: "01" },
    });
    if (name.startsWith("pop-core")) expect(outcome).toMatchObject({ code: "01" });
    else expect(outcome.body).toMatchObject({ Code: "01", State: "NotStarted", JobProgress: [] });
  });
});
