import { describe, expect, it } from "vitest";
import { openStore } from "../../../../service/core/store/sqlite-store.ts";

function openTable() {
  const store = openStore();
  store.script("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT");
  store.run("INSERT INTO things (name) VALUES (?)", "one");
  return store;
}

const NAMES = "SELECT name FROM things ORDER BY id";
const BY_ID = "SELECT name FROM things WHERE id = ?";

describe("remembered reads of the store", () => {
  it("gives the same row again while nothing is written", () => {
    const store = openTable();
    expect(store.get(BY_ID, 1)).toBe(store.get(BY_ID, 1));
    expect(store.all(NAMES)[0]).toBe(store.all(NAMES)[0]);
    expect(store.get(BY_ID, 7)).toBeUndefined();
  });

  it("shows every write at once, however it was made", () => {
    const store = openTable();
    const count = () => store.all(NAMES).length;
    expect(count()).toBe(1);
    store.run("INSERT INTO things (name) VALUES (?)", "two");
    expect(count()).toBe(2);
    store.get("INSERT INTO things (name) VALUES (?) RETURNING id", "three");
    expect(count()).toBe(3);
    store.transaction(() => store.all("INSERT INTO things (name) VALUES ('four') RETURNING id"));
    expect(count()).toBe(4);
    store.script("DELETE FROM things");
    expect(count()).toBe(0);
    expect(store.get(BY_ID, 1)).toBeUndefined();
  });

  it("keeps nothing of a transaction that was undone", () => {
    const store = openTable();
    expect(store.all(NAMES)).toHaveLength(1);
    const undo = () =>
      store.transaction(() => {
        store.run("INSERT INTO things (name) VALUES ('two')");
        expect(store.all(NAMES)).toHaveLength(2);
        throw new Error("undo");
      });
    expect(undo).toThrow("undo");
    expect(store.all(NAMES)).toHaveLength(1);
  });

  it("tells values apart by kind and length", () => {
    const store = openTable();
    const both = "SELECT ? AS a, ? AS b";
    expect(store.get(both, "1", "2s1:3")).toEqual({ a: "1", b: "2s1:3" });
    expect(store.get(both, "1s5:2", "3")).toEqual({ a: "1s5:2", b: "3" });
    expect(store.get(both, 1, "3")).toEqual({ a: 1, b: "3" });
    expect(store.get(both, null, 2n)).toEqual({ a: null, b: 2 });
  });

  it("leaves the list to the caller and protects the rows", () => {
    const store = openTable();
    store.all(NAMES).push({ name: "mine" });
    expect(store.all(NAMES)).toHaveLength(1);
    const row = store.get(BY_ID, 1) as { name: string };
    expect(() => {
      row.name = "changed";
    }).toThrow(TypeError);
  });

  it("reads anew what changes by itself", () => {
    const store = openTable();
    expect(store.get("SELECT hex(randomblob(8)) AS r")).not.toEqual(
      store.get("SELECT hex(randomblob(8)) AS r"),
    );
  });

  it("stays within its bounds", () => {
    const store = openTable();
    for (let id = 0; id < 5_000; id++) store.get(BY_ID, id);
    expect(store.get(BY_ID, 1)).toEqual({ name: "one" });
  });
});
