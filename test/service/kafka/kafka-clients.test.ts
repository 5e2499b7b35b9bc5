import { describe } from "vitest";
import { javaReader } from "../../support/kafka/outside-reader.ts";
import { isToldWhatIsWrong, oneSessionAtATime, readsAndGoesOn } from "../../support/kafka/reader-rules.ts";
import { mavenNeed } from "../../support/maven.ts";
import { needs } from "../../support/needs.ts";

const test = needs(mavenNeed());

describe.each(["2.7.2", "4.1.0"])("kafka-clients %s for Java", (version) => {
  test("assigns itself: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(version), "assign");
  });

  test("subscribes: reads, goes on, starts from a time", async () => {
    await readsAndGoesOn(await javaReader(version), "subscribe");
  });

  test("is one session at a time when it assigns itself", async () => {
    await oneSessionAtATime(await javaReader(version), "assign", /TopicAuthorizationException/);
  });

  test("is one session at a time when it subscribes", async () => {
    await oneSessionAtATime(await javaReader(version), "subscribe", /GroupMaxSizeReachedException/);
  });
});

test("kafka-clients 2.7.2 for Java is told what is wrong", async () => {
  await isToldWhatIsWrong(
    await javaReader("2.7.2"),
    /SaslAuthenticationException/,
    /GroupAuthorizationException/,
  );
});
