import { expect, it } from "vitest";
import { misspelledSettings } from "../../../../provider/runtime/host/misspelled.ts";
import { judgeRegion } from "../../../../provider/runtime/host/regions.ts";
import { readSettings } from "../../../../provider/runtime/host/settings.ts";

it("a setting that nobody reads is named with the one that was meant, never with its value", () => {
  const keys = [
    "changetracking:endpont",
    "changetracking:accesskeyid",
    "changetracking:region",
    "other:endpont",
  ];
  expect(
    misspelledSettings(keys, ["CHANGE_TRACKING_ENDPOINTS", "CHANGE_TRACKING_SERVICE_TOKEN", "PATH"], "p"),
  ).toEqual([
    "changetracking:endpont is no setting; did you mean changetracking:endpoint?",
    "changetracking:accesskeyid is no setting; did you mean changetracking:accessKeyId?",
    "CHANGE_TRACKING_ENDPOINTS is no setting; did you mean CHANGE_TRACKING_ENDPOINT?",
  ]);
});

it("settings of a project that has the same name are its own", () => {
  const keys = ["changetracking:databaseHost", "changetracking:endpont"];
  expect(misspelledSettings(keys, [], "changetracking")).toHaveLength(1);
  expect(misspelledSettings(keys, [], "shop")[0]).toMatch(
    /databaseHost is no setting; there are endpoint, endpoints,/,
  );
});

it.each([
  [true, "refuse"],
  [false, "warn"],
] as const)("an unknown region (local service: %s) is a reason to %s", (isLocal, kind) => {
  const settings = readSettings((key) => (key === "changetracking:region" ? "cn-beijng" : undefined), {});
  const judge = (region: unknown, written: unknown, old?: string) =>
    judgeRegion(settings, isLocal, { region: old }, { region }, written);
  expect(judge("cn-shnghai", "cn-shnghai")).toEqual({
    kind,
    failure: { property: "region", reason: "is no published region; did you mean cn-shanghai?" },
  });
  expect(judge("cn-beijng", undefined)?.failure).toEqual({
    property: "",
    reason: 'changetracking:region is "cn-beijng", which is no published region; did you mean cn-beijing?',
  });
  expect(judge("cn-shanghai", "cn-shanghai")).toBeUndefined();
  expect(judge("mars", "mars", "mars")).toBeUndefined();
});
