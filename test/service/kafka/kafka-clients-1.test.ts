import { describe } from "vitest";
import { javaReader } from "../../support/kafka/outside-reader.ts";
import { isToldWhatIsWrong, oneSessionAtATime, readsAndGoesOn } from "../../support/kafka/reader-rules.ts";
import { mavenNeed } from "../../support/maven.ts";
import { needs } from "../../support/needs.ts";

const test = needs(mavenNeed());
const VERSION = "1.0.0";

describe.each([VERSION, "1.1.1"])("kafka-clients %s for Java", (version) => {
  test("assigns itself: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(version), "assign");
  });

  test("subscribes: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(version), "subscribe");
  });
});

/** It knows no error of its own for a group that is full. */
describe(`kafka-clients ${VERSION} for Java, refused`, () => {
  test("is one session at a time when it assigns itself", async () => {
    await oneSessionAtATime(await javaReader(VERSION), "assign", /TopicAuthorizationException/);
  });

  test("is one session at a time when it subscribes", async () => {
    await oneSessionAtATime(await javaReader(VERSION), "subscribe", /GroupAuthorizationException/);
  });

  test("is told what is wrong", async () => {
    await isToldWhatIsWrong(
      await javaReader(VERSION),
      /SaslAuthenticationException/,
      /GroupAuthorizationException/,
    );
  });
});
