import { describe, expect, it } from "vitest";
import { ApiError } from "../../../provider/runtime/api/errors.ts";
import { type Creation, createResource } from "../../../provider/runtime/create.ts";
import { PartialError, ProviderError } from "../../../provider/runtime/host/errors.ts";
import { makeSession, type Session } from "../../../provider/runtime/host/session.ts";
import {
  nothingUnfinished,
  type Unfinished,
  type UnfinishedNote,
} from "../../../provider/runtime/ownership/unfinished.ts";

/* The create protocol with a thing that is only a name and who made it. */

interface Thing {
  readonly id: string;
  readonly madeBy: string;
}

function failure(kind: "lost" | "refused", code = "Told"): ApiError {
  return new ApiError("CreateThing", { kind, code, message: "told to" });
}

/** A service with at most one thing; `failures` are what the next creates end with, the lost ones after or before the work. */
function world(failures: { error: Error; isDone: boolean }[] = []) {
  const calls: string[] = [];
  let left: UnfinishedNote | undefined;
  const unfinished: Unfinished = {
    ...nothingUnfinished,
    find: () => left,
    begin: (_, facts) => {
      left = { facts, id: undefined };
    },
    made: (_, id) => {
      left = { facts: left?.facts ?? {}, id };
    },
    forget: () => {
      left = undefined;
    },
    handOver: () => void calls.push("handed over"),
  };
  const session: Session = { ...makeSession({ read: () => undefined, environment: {} }), unfinished };
  const state: { thing: Thing | undefined } = { thing: undefined };
  const creation: Creation<Thing> = {
    session,
    urn: "urn",
    product: "dts",
    region: "cn-hangzhou",
    within: "place",
    adoptExisting: undefined,
    idOf: ({ id }) => id,
    async find() {
      calls.push("look");
      return state.thing;
    },
    isOwn: (found, note) => note.facts.madeBy === found.madeBy,
    done: ({ id }, how) => `${how} the thing ${id}`,
    taken: ({ id }) => `there is a thing ${id}`,
    notTakenOver: ({ id }, obstacle) => `the thing ${id} is not taken over: ${obstacle}`,
    facts: () => ({ madeBy: "us" }),
    async send() {
      calls.push("send");
      const fails = failures.shift();
      if (fails === undefined || fails.isDone) state.thing = { id: "t1", madeBy: "us" };
      if (fails !== undefined) throw fails.error;
      return { id: "t1", madeBy: "us" };
    },
    isTaken: (error) => error instanceof ApiError && error.code === "Taken",
    isMade: ({ madeBy }) => madeBy === "us",
    finish: async ({ madeBy }) => ({ madeBy }),
    unfinished: ({ madeBy }) => ({ madeBy, isUnfinished: true }),
  };
  return {
    calls,
    session,
    creation,
    state,
    note: () => left,
    setNote: (note: UnfinishedNote) => (left = note),
  };
}

describe("the create protocol", () => {
  it("looks, notes, sends, and hands the id over", async () => {
    const { creation, calls, note, session } = world();
    expect(await createResource(creation)).toEqual({ id: "t1", outs: { madeBy: "us" } });
    expect(calls).toEqual(["look", "send", "handed over"]);
    expect(note()).toEqual({ facts: { madeBy: "us" }, id: "t1" });
    expect(session.memory.isHeld("t1")).toBe(true);
    expect(session.memory.holders.wasTakenOver("t1")).toBe(false);
  });

  it("a lost answer is settled by a look, and nothing is sent again where the work was done", async () => {
    const { creation, calls } = world([{ error: failure("lost"), isDone: true }]);
    expect((await createResource(creation)).id).toBe("t1");
    expect(calls).toEqual(["look", "send", "look", "handed over"]);
  });

  it("is sent again where nothing came of it, five times at most", async () => {
    const lost = { error: failure("lost"), isDone: false };
    const patient = world([lost, lost]);
    expect((await createResource(patient.creation)).id).toBe("t1");
    const hopeless = world(Array.from({ length: 9 }, () => lost));
    await expect(createResource(hopeless.creation)).rejects.toBe(lost.error);
    expect(hopeless.calls.filter((call) => call === "send")).toHaveLength(6);
    // Nobody knows what will come of it, so the next run is told.
    expect(hopeless.note()).toEqual({ facts: { madeBy: "us" }, id: undefined });
  });

  it("a refusal is said in the resource's words, and leaves no note", async () => {
    const { creation, calls, note } = world([{ error: failure("refused"), isDone: false }]);
    const explained = () => new ProviderError("InstanceFull", "there is no room");
    await expect(createResource({ ...creation, explain: explained })).rejects.toThrow("there is no room");
    expect(calls).toEqual(["look", "send"]);
    expect(note()).toBeUndefined();
  });

  it("a name that is taken after a lost answer is its own; one taken at once is somebody else's", async () => {
    const taken = { error: failure("refused", "Taken"), isDone: false };
    const own = world([
      { error: failure("lost"), isDone: false },
      { ...taken, isDone: true },
    ]);
    expect((await createResource(own.creation)).id).toBe("t1");
    const raced = world([taken]);
    const looks = [undefined, { id: "t9", madeBy: "them" }];
    const find = async () => looks.shift();
    await expect(createResource({ ...raced.creation, find })).rejects.toThrow("there is a thing t9");
    const nowhere = world([taken, taken]);
    await expect(createResource(nowhere.creation)).rejects.toBe(taken.error);
    expect(nowhere.calls).toEqual(["look", "send", "look"]);
  });

  it("a name that is taken after a lost answer and that no look shows is refused at once, and the next run is told", async () => {
    const taken = { error: failure("refused", "Taken"), isDone: false };
    const { creation, calls, note } = world([{ error: failure("lost"), isDone: false }, taken, taken]);
    await expect(createResource(creation)).rejects.toBe(taken.error);
    expect(calls).toEqual(["look", "send", "look", "send", "look"]);
    expect(note()).toEqual({ facts: { madeBy: "us" }, id: undefined });
  });

  it("what is there is refused, or taken over with adoptExisting", async () => {
    const { creation, state, session, note, calls } = world();
    state.thing = { id: "t9", madeBy: "them" };
    await expect(createResource(creation)).rejects.toThrow("there is a thing t9");
    expect((await createResource({ ...creation, adoptExisting: true })).id).toBe("t9");
    expect(session.memory.holders.wasTakenOver("t9")).toBe(true);
    expect(calls).not.toContain("send");
    // Somebody else's is not remembered as made.
    expect(note()).toBeUndefined();
  });

  it("what an interrupted run has made is gone on with, without being asked for", async () => {
    const { creation, state, session, note, setNote } = world();
    state.thing = { id: "t1", madeBy: "us" };
    setNote({ facts: { madeBy: "us" }, id: undefined });
    expect((await createResource(creation)).id).toBe("t1");
    expect(note()?.id).toBe("t1");
    expect(session.memory.holders.wasTakenOver("t1")).toBe(false);
  });

  it("is not taken over where another resource has it, or where it does not fit", async () => {
    const { creation, state, session } = world();
    state.thing = { id: "t9", madeBy: "them" };
    const mayTakeOver = () => {
      throw new ProviderError("AdoptionRefused", "it differs");
    };
    await expect(createResource({ ...creation, adoptExisting: true, mayTakeOver })).rejects.toThrow(
      "differs",
    );
    session.memory.hold("t9");
    await expect(createResource({ ...creation, adoptExisting: true })).rejects.toThrow(
      "the thing t9 is not taken over: another resource of this program has it",
    );
  });

  it("a step that fails after it keeps the thing, and the id is handed over", async () => {
    const { creation, calls } = world();
    const finish = () => Promise.reject(new Error("no start"));
    const error = await createResource({ ...creation, finish }).catch((one: unknown) => one);
    expect(error).toBeInstanceOf(PartialError);
    expect(error).toMatchObject({ id: "t1", properties: { isUnfinished: true }, message: "no start" });
    expect(calls.at(-1)).toBe("handed over");
  });

  it("creates of one queue go one after the other", async () => {
    const { creation, calls } = world();
    const send = async () => {
      calls.push("begin");
      await new Promise((resolve) => setTimeout(resolve, 5));
      calls.push("end");
      return { id: "t1", madeBy: "us" };
    };
    const queued = { ...creation, send, queue: "one" };
    await Promise.all([createResource(queued), createResource(queued)]);
    expect(calls.filter((call) => call === "begin" || call === "end")).toEqual([
      "begin",
      "end",
      "begin",
      "end",
    ]);
  });
});
