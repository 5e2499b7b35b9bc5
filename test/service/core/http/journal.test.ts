import { afterAll, beforeAll, expect, it } from "vitest";
import { startService, type TestService } from "../../../support/service.ts";

/* Refused calls are in the journal too, and what they call themselves was once kept there whole: 500 times 4 MB. */

let service: TestService;
beforeAll(async () => {
  service = await startService({ rooms: [] });
});
afterAll(() => service.stop());

it("cuts short what a stranger calls an action or a parameter", async () => {
  const long = "A".repeat(1_000_000);
  const post = async (body: string) =>
    (await (await fetch(service.url, { method: "POST", body })).json()) as Record<string, string>;
  expect((await post(`Action=${long}&Version=2000-01-01`)).Code).not.toBe("");
  const deep = await post(`Action=a&Version=2000-01-01&${long}=x`);
  expect(JSON.stringify(deep).length).toBeLessThan(2_000);
  const journal = JSON.stringify(await service.admin("GET", "journal"));
  expect(journal).toContain("AAAA");
  expect(journal.length).toBeLessThan(4_000);
});
