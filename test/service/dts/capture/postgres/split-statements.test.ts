import { expect, it } from "vitest";
import { splitStatements } from "../../../../../service/dts/capture/postgres/split-statements.ts";

it.each([
  ["a; b ;;c", ["a", "b", "c"]],
  ["SELECT ';', \"a;b\"; x", ["SELECT ';', \"a;b\"", "x"]],
  ["SELECT 'it''s;' ; y", ["SELECT 'it''s;'", "y"]],
  ["SELECT E'a\\';b'; z", ["SELECT E'a\\';b'", "z"]],
  ["DO $x$ a; $$ b; $$ $x$; c", ["DO $x$ a; $$ b; $$ $x$", "c"]],
  ["a -- no; end\n; b", ["a -- no; end", "b"]],
  ["a /* x; /* y; */ z; */ ; b", ["a /* x; /* y; */ z; */", "b"]],
  ["SELECT $1; b$a$; c", ["SELECT $1", "b$a$", "c"]],
  [
    "CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END; b",
    ["CREATE FUNCTION f() BEGIN ATOMIC SELECT 1; END; b"],
  ],
  ["SELECT 'open; b", ["SELECT 'open", "b"]],
  ["DO $$ open; b", ["DO $$ open; b"]],
  ["", []],
])("%s", (text, statements) => {
  expect(splitStatements(text)).toEqual(statements);
});
