import { describe } from "vitest";
import { pythonNeed, pythonReader } from "../../support/kafka/outside-reader.ts";
import { isToldWhatIsWrong, oneSessionAtATime, readsAndGoesOn } from "../../support/kafka/reader-rules.ts";
import { needs } from "../../support/needs.ts";

const test = needs(pythonNeed());

describe("librdkafka (confluent-kafka for Python)", () => {
  test("assigns itself: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await pythonReader(), "assign");
  });

  test("subscribes: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await pythonReader(), "subscribe");
  });

  test("is one session at a time when it assigns itself", async () => {
    await oneSessionAtATime(await pythonReader(), "assign", /TOPIC_AUTHORIZATION_FAILED/);
  });

  test("is one session at a time when it subscribes", async () => {
    await oneSessionAtATime(await pythonReader(), "subscribe", /GROUP_MAX_SIZE_REACHED/);
  });

  test("is told what is wrong", async () => {
    await isToldWhatIsWrong(await pythonReader(), /AUTHENTICATION/, /GROUP_AUTHORIZATION_FAILED/);
  });
});
