import { describeAlertHistoryList as published } from "../../../contract/cms/history.ts";
import { defineAction } from "../../core/kit/action.ts";

export const describeAlertHistoryList = defineAction(published, () => ({
  AlarmHistoryList: { AlarmHistory: [] },
  Total: "0",
}));
