import { describe } from "vitest";
import { javaReader } from "../../support/kafka/outside-reader.ts";
import { isToldWhatIsWrong, oneSessionAtATime, readsAndGoesOn } from "../../support/kafka/reader-rules.ts";
import { mavenNeed } from "../../support/maven.ts";
import { needs } from "../../support/needs.ts";

const test = needs(mavenNeed());
const VERSION = "2.7.2";

/** The version inside the official SDK for Java. */
describe(`kafka-clients ${VERSION} for Java`, () => {
  test("assigns itself: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(VERSION), "assign");
  });

  test("subscribes: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(VERSION), "subscribe");
  });

  test("is one session at a time when it assigns itself", async () => {
    await oneSessionAtATime(await javaReader(VERSION), "assign", /TopicAuthorizationException/);
  });

  test("is one session at a time when it subscribes", async () => {
    await oneSessionAtATime(await javaReader(VERSION), "subscribe", /GroupMaxSizeReachedException/);
  });

  test("is told what is wrong", async () => {
    await isToldWhatIsWrong(
      await javaReader(VERSION),
      /SaslAuthenticationException/,
      /GroupAuthorizationException/,
    );
  });
});
