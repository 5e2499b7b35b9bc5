import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  consumerGroupAccount,
  consumerGroupName,
  consumerGroupPassword,
  GROUPS_NEED_STATUS,
  groupCountRefusal,
  host,
  instanceName,
  MAX_GROUPS_PER_INSTANCE,
  port,
  regionId,
} from "../../../contract/limits/dts.ts";
import {
  CONSUMPTION_MODE_NAMES,
  ENGINE_NAMES,
  engineOfWire,
  modeRefusal,
} from "../../../contract/limits/engines.ts";
import { payTypeOf, periodRefusal } from "../../../contract/limits/payment.ts";
import { violationsOf } from "../../../contract/validation/violation.ts";
import { messagesOf, readable } from "../../support/refusals.ts";

const texts = (schema: z.ZodType, value: unknown) => messagesOf(violationsOf(schema, value));
const rules = (schema: z.ZodType, value: unknown) => violationsOf(schema, value).map(({ rule }) => rule);

describe("DTS-1 groups of one instance", () => {
  it("takes 20 and refuses the 21st", () => {
    expect(groupCountRefusal(MAX_GROUPS_PER_INSTANCE)).toBeUndefined();
    expect(readable(groupCountRefusal(21))).toBe("must have at most 20 consumer groups, got 21 [DTS-1]");
  });
});

describe("DTS-3 group name", () => {
  it("takes 1 to 128 characters of any kind", () => {
    for (const name of ["a", " ", "组-名/1", "x".repeat(128)])
      expect(texts(consumerGroupName, name)).toEqual([]);
  });

  it("counts code points, not UTF-16 units", () => {
    expect(texts(consumerGroupName, "😀".repeat(128))).toEqual([]);
    expect(texts(consumerGroupName, "😀".repeat(129))).toEqual([
      "must be 1 to 128 characters long, got 129 [DTS-3]",
    ]);
  });

  it("refuses the empty name, a missing one and half a character", () => {
    expect(texts(consumerGroupName, "")).toEqual(["must be 1 to 128 characters long, got 0 [DTS-3]"]);
    expect(texts(consumerGroupName, undefined)).toEqual(["is required [DTS-3]"]);
    expect(texts(consumerGroupName, 5)).toEqual(["must be a string, got a number [DTS-3]"]);
    expect(rules(consumerGroupName, "a\ud800")).toEqual(["DTS-3"]);
  });
});

describe("DTS-4 and DTS-5 account", () => {
  it("DTS-4 takes 16 characters and refuses 17 and none", () => {
    expect(texts(consumerGroupAccount, "a".repeat(16))).toEqual([]);
    expect(texts(consumerGroupAccount, "a".repeat(17))).toEqual([
      "must be 1 to 16 characters long, got 17 [DTS-4]",
    ]);
    expect(rules(consumerGroupAccount, "")).toEqual(["DTS-4"]);
  });

  it("DTS-5 takes letters, digits and underscore only", () => {
    expect(texts(consumerGroupAccount, "Az09_")).toEqual([]);
    expect(texts(consumerGroupAccount, "team-a")).toEqual([
      'must contain only A-Z, a-z, 0-9 and _, got "team-a" [DTS-5]',
    ]);
    for (const one of ["a b", "ä", "a\n", "１"]) expect(rules(consumerGroupAccount, one)).toEqual(["DTS-5"]);
  });
});

describe("DTS-6 and DTS-7 password", () => {
  it("DTS-6 takes 8 to 32 characters", () => {
    for (const length of [8, 32]) expect(texts(consumerGroupPassword, "a1".repeat(length / 2))).toEqual([]);
    for (const length of [7, 33]) {
      expect(texts(consumerGroupPassword, "a1".repeat(20).slice(0, length))).toEqual([
        `must be 8 to 32 characters long, got ${length} [DTS-6]`,
      ]);
    }
    expect(rules(consumerGroupPassword, "")).toEqual(["DTS-6"]);
    expect(rules(consumerGroupPassword, undefined)).toEqual(["DTS-6"]);
  });

  it("DTS-7 wants two of four kinds", () => {
    for (const one of ["AAAAaaaa", "AAAA1111", "AAAA----", "aaaa1111", "aaaa    ", "1111~~~~"]) {
      expect(texts(consumerGroupPassword, one)).toEqual([]);
    }
    for (const one of ["AAAAAAAA", "aaaaaaaa", "11111111", "!!!!!!!!"]) {
      expect(rules(consumerGroupPassword, one)).toEqual(["DTS-7"]);
    }
  });

  it("DTS-7 refuses what is not printable ASCII", () => {
    for (const one of ["aaaa1111é", "aaaa1111\t", "aaaa1111\x7f", "密码aaaa1111"]) {
      expect(rules(consumerGroupPassword, one)).toEqual(["DTS-7"]);
    }
  });

  it("never shows the password", () => {
    for (const one of ["Geheim", "geheimgeheim", "Geheim-é-12", "Geheim-1".repeat(5), 1234567]) {
      const found = violationsOf(z.object({ password: consumerGroupPassword }), { password: one });
      expect(found).not.toEqual([]);
      expect(messagesOf(found).join()).not.toContain(String(one));
    }
  });
});

describe("DTS-10 consumption mode by source", () => {
  it("allows PolarDB-X 1.0 and DMS LogicDB the SDK demo only", () => {
    for (const engine of ["PolarDBX1", "DMSLogicDB"] as const) {
      expect(CONSUMPTION_MODE_NAMES.filter((mode) => modeRefusal(engine, mode) === undefined)).toEqual([
        "sdkDemo",
      ]);
    }
    expect(readable(modeRefusal("PolarDBX1", "kafkaClient"))).toBe(
      'must be sdkDemo for the source PolarDB-X 1.0, got "kafkaClient" [DTS-10]',
    );
  });

  it("allows the seven other sources every mode", () => {
    const others = ENGINE_NAMES.filter((name) => name !== "PolarDBX1" && name !== "DMSLogicDB");
    expect(others).toHaveLength(7);
    for (const engine of others) {
      for (const mode of CONSUMPTION_MODE_NAMES) expect(modeRefusal(engine, mode)).toBeUndefined();
    }
  });
});

describe("DTS-11 the status that takes groups", () => {
  it("is Normal", () => {
    expect(GROUPS_NEED_STATUS).toBe("Normal");
  });
});

describe("engines on the wire", () => {
  it("are found in any case, the declared one first where two share a name", () => {
    expect(engineOfWire("mysql")).toBe("MySQL");
    expect(engineOfWire("DRDS")).toBe("PolarDBX1");
    expect(engineOfWire("DRDS", "PolarDBX2")).toBe("PolarDBX2");
    expect(engineOfWire("PostgreSQL", "MySQL")).toBe("PostgreSQL");
    expect(engineOfWire("mongodb")).toBeUndefined();
  });
});

describe("payment", () => {
  it("sells 1 to 9 months and 1, 2, 3 or 5 years", () => {
    for (const count of [1, 9]) expect(periodRefusal("Month", count)).toBeUndefined();
    for (const count of [1, 2, 3, 5]) expect(periodRefusal("Year", count)).toBeUndefined();
    for (const count of [0, 10, 1.5]) expect(periodRefusal("Month", count)).toBeDefined();
    expect(periodRefusal("Year", 4)).toBe("must be one of 1, 2, 3, 5 for Year, got 4");
  });

  it("knows every published spelling of the pay types", () => {
    expect(["PostPaid", "postpaid", "POSTPAY"].map(payTypeOf)).toEqual(["PostPaid", "PostPaid", "PostPaid"]);
    expect(["PrePaid", "Prepaid", "PREPAY"].map(payTypeOf)).toEqual(["PrePaid", "PrePaid", "PrePaid"]);
    expect(payTypeOf("free")).toBeUndefined();
  });
});

describe("places and names", () => {
  it.each([
    [
      regionId,
      ["cn-hangzhou", "us-west-1", "cn-shanghai-finance-1"],
      ["", "hangzhou", "cn_hangzhou", "CN-hangzhou"],
    ],
    [host, ["db", "127.0.0.1", "db-1.internal", "::1", "fe80::1"], ["", "http://db", "db:5432", "a b", "-a"]],
    [port, [1, 5432, 65535], [0, 65536, 1.5, "5432", Number.NaN]],
    [instanceName, ["x", "x".repeat(128)], ["", "x".repeat(129)]],
  ])("are judged", (schema, good: unknown[], bad: unknown[]) => {
    for (const value of good) expect(texts(schema, value)).toEqual([]);
    for (const value of bad) expect(texts(schema, value)).toHaveLength(1);
  });
});
