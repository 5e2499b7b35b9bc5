import { describeAlertHistoryList as published } from "../../../contract/cms/history.ts";
import { serveAction } from "../../core/kit/action.ts";

export const describeAlertHistoryList = serveAction(published, () => ({
  AlarmHistoryList: { AlarmHistory: [] },
  Total: "0",
}));
