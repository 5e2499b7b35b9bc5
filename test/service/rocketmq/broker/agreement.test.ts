import { expect, it } from "vitest";
import { agreesOn, filtersOf, notesOf } from "../../../../service/rocketmq/broker/agreement.ts";
import type { MessagingClient } from "../../../../service/rocketmq-grpc/backend.ts";
import { groupSpec } from "./support/broker.ts";

function client(clientId: string, topics: readonly string[], expression = "*"): MessagingClient {
  const subscriptions = topics.map((topic) => ({ topic, type: "TAG" as const, expression }));
  const kind = "SIMPLE_CONSUMER" as const;
  return {
    clientId,
    address: "a:1",
    connectedAtMs: 0,
    language: "JAVA",
    version: "5.0",
    kind,
    subscriptions,
  };
}

it("clients agree on a topic when each subscribes to it alike, or none does", () => {
  const filters = filtersOf([client("1", ["a", "b", "c"]), client("2", ["a", "b"]), client("3", ["a"], "x")]);
  expect(agreesOn("a", filters)).toBe(false);
  expect(agreesOn("a", filters.slice(0, 2))).toBe(true);
  expect(agreesOn("c", filters)).toBe(false);
  expect(agreesOn("d", filters)).toBe(true);
  expect(agreesOn("a", [])).toBe(true);
});

it("clients that name many topics take no time to be compared that others would have to wait for", {
  timeout: 60_000,
}, () => {
  const topics = Array.from({ length: 1_000 }, (_, at) => `${"t".repeat(100)}${at}`);
  const clients = Array.from({ length: 50 }, (_, at) => client(`${at}`, topics));
  const sinceMs = performance.now();
  // As often as figures are told in some seconds.
  const all = Array.from({ length: 20 }, () => notesOf(groupSpec("workers"), clients));
  const filters = filtersOf(clients);
  for (const topic of topics) agreesOn(topic, filters);
  expect(performance.now() - sinceMs).toBeLessThan(8_000);
  expect(all[0]).toEqual([expect.stringContaining("[RMQ-8]")]);
});
