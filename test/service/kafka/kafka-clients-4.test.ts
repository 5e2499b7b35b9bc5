import { describe } from "vitest";
import { javaReader } from "../../support/kafka/outside-reader.ts";
import { oneSessionAtATime, readsAndGoesOn } from "../../support/kafka/reader-rules.ts";
import { mavenNeed } from "../../support/maven.ts";
import { needs } from "../../support/needs.ts";

const test = needs(mavenNeed());
const VERSION = "4.1.0";

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
});
