import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProductRoom } from "../../../../service/core/kit/product-room.ts";
import { startService, type TestService } from "../../../support/service.ts";

interface Table {
  columns: string[];
  rows: unknown[][];
}
interface Snapshot {
  rooms: Record<string, { steps: string[]; tables: Record<string, Table> }>;
}

const folder = mkdtempSync(join(tmpdir(), "restore-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const contacts = (snapshot: Snapshot) => snapshot.rooms.cms?.tables.cms_contacts as Table;
const snapshotOf = async (service: TestService) =>
  (await service.admin("GET", "snapshot")) as unknown as Snapshot;
const countOf = async (service: TestService) => {
  const { rooms } = (await service.admin("GET", "status")) as { rooms: { cms: { contacts: number } } };
  return rooms.cms.contacts;
};

/** The snapshot with so many contacts instead of its own. */
function withContacts(snapshot: Snapshot, count: number, more: object = {}): Snapshot {
  const changed = structuredClone(snapshot);
  contacts(changed).rows = Array.from({ length: count }, (_, i) => [
    i + 1,
    `contact-${i}`,
    JSON.stringify({ name: `contact-${i}`, description: "d".repeat(200), ...more }),
  ]);
  return changed;
}

describe("a snapshot with a broken entry in the middle", () => {
  let service: TestService;
  let big: Snapshot;
  beforeEach(async () => {
    service = await startService();
    const empty = await snapshotOf(service);
    await service.admin("POST", "restore", withContacts(empty, 3));
    big = withContacts(empty, 20_000);
    expect(contacts(big).columns).toEqual(["position", "name", "document"]);
  });
  afterEach(() => service.stop());

  it("is refused with the place, and nothing has changed", async () => {
    const place = "rooms\\.cms\\.tables\\.cms_contacts\\.rows\\[10000\\]";
    const sealed = service.running?.kernel.vault.seal("x") ?? "";
    // Parsed without trouble, and then too deep for whatever walks through it.
    const deep = `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
    const broken: [unknown[], RegExp][] = [
      [
        [10_001, "x", '{ "Hidden": '],
        new RegExp(`${place} \\(document\\) must be the JSON text of an object`),
      ],
      [[10_001, "x", "3"], /\(document\) must be/],
      [[10_001, "x"], new RegExp(`${place} must have 3 values, got 2`)],
      [[10_001, { Hidden: 1 }, "{}"], new RegExp(`${place} \\(name\\) must be a string`)],
      [[{ integer: "Hidden" }, "x", "{}"], new RegExp(`${place} \\(position\\)`)],
      [["Hidden", "x", "{}"], new RegExp(`${place}:`)],
      [
        [10_001, "x", deep],
        new RegExp(`${place} \\(document\\) holds a member that is nested deeper than 64`),
      ],
      [[10_001, null, "{}"], new RegExp(`${place}: NOT NULL.*cms_contacts.name`)],
      [[10_001, "contact-7", "{}"], new RegExp(`${place}: UNIQUE.*cms_contacts.name`)],
      [
        [10_001, "x", JSON.stringify({ a: { sealedDingWebHook: `${sealed.slice(0, -8)}AAAAAAA=` } })],
        new RegExp(`${place} \\(document\\.a\\.sealedDingWebHook\\) cannot be opened`),
      ],
    ];
    for (const [row, message] of broken) {
      const rows = contacts(big).rows.with(10_000, row);
      const bad = structuredClone({ ...big, rooms: { ...big.rooms } });
      contacts(bad).rows = rows;
      const refused = service.admin("POST", "restore", bad);
      await expect(refused).rejects.toThrow(message);
      await expect(refused).rejects.not.toThrow(/Hidden/);
      expect(await countOf(service)).toBe(3);
    }
    const { cms_contacts, ...rest } = big.rooms.cms?.tables ?? {};
    const cms = { ...big.rooms.cms, tables: rest };
    await expect(service.admin("POST", "restore", { ...big, rooms: { ...big.rooms, cms } })).rejects.toThrow(
      /lacks the table cms_contacts/,
    );
    expect(await countOf(service)).toBe(3);
    await service.admin("POST", "restore", big);
    expect(await countOf(service)).toBe(20_000);
  }, 120_000);
});

describe("a snapshot that a room cannot go on with", () => {
  it("is refused, the rooms go on with what they had, and so does the next start", async () => {
    const room: ProductRoom = {
      name: "stall",
      version: "2000-01-01",
      style: "RPC",
      host: "stall",
      envelope: {
        success: (result) => result,
        failure: (error) => ({ httpStatus: error.httpStatus, body: {} }),
      },
      actions: [],
      migrations: [{ id: "001", sql: "CREATE TABLE stall_things (document TEXT NOT NULL) STRICT" }],
      open({ store }) {
        for (const { document } of store.all<{ document: string }>("SELECT document FROM stall_things")) {
          if (JSON.parse(document).kind !== "good") throw new Error("a thing is of no known kind");
        }
        return { close() {} };
      },
      status: ({ store }) => ({ things: store.all("SELECT * FROM stall_things").length }),
    };
    const dataDir = join(folder, "stall");
    const service = await startService({ rooms: [room], dataDir });
    const snapshot = (await service.admin("GET", "snapshot")) as unknown as Snapshot;
    const withThings = (kinds: string[]) => {
      const changed = structuredClone(snapshot);
      const table = changed.rooms.stall?.tables.stall_things as Table;
      table.rows = kinds.map((kind) => [JSON.stringify({ kind })]);
      return changed;
    };
    await service.admin("POST", "restore", withThings(["good"]));
    await expect(service.admin("POST", "restore", withThings(["good", "bad"]))).rejects.toThrow(
      /NotRestored.*no known kind/,
    );
    expect(await service.admin("GET", "status")).toMatchObject({ rooms: { stall: { things: 1 } } });
    await service.restart();
    expect(await service.admin("GET", "status")).toMatchObject({ rooms: { stall: { things: 1 } } });
    await service.stop();
  });
});

describe("a service that is killed in the middle of a restore", () => {
  it("has all of the old or all of the new, and starts", async () => {
    const service = await startService({ asProcess: true, dataDir: join(folder, "killed") });
    const empty = await snapshotOf(service);
    await service.admin("POST", "restore", withContacts(empty, 5));
    const big = withContacts(empty, 15_000);
    const began = performance.now();
    await service.admin("POST", "restore", big);
    const wholeMs = performance.now() - began;
    const parts = 4;
    for (let part = 0; part < parts; part += 1) {
      await service.admin("POST", "restore", withContacts(empty, 5));
      const answer = service.admin("POST", "restore", big).then(
        () => "answered",
        () => "cut off",
      );
      await new Promise((resolve) => setTimeout(resolve, (wholeMs * part) / parts));
      await service.kill9();
      const ending = await answer;
      await service.restart();
      const count = await countOf(service);
      expect(ending === "answered" ? [15_000] : [5, 15_000]).toContain(count);
    }
    await service.stop();
  }, 180_000);
});
