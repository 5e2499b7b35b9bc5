import { describeAlertLogList as published } from "../../../contract/cms/history.ts";
import { CMS_ERRORS, serviceError } from "../../../contract/errors/index.ts";
import { defineAction } from "../../core/kit/action.ts";

const RANGE_MS_MAX = 15 * 24 * 3600 * 1000;

export const describeAlertLogList = defineAction(
  published,
  (_ctx, { StartTime: from, EndTime: to, PageNumber, PageSize }) => {
    if ((from === undefined) !== (to === undefined)) refuse("StartTime and EndTime must be sent together");
    if (from !== undefined && to !== undefined && (to < from || to - from > RANGE_MS_MAX))
      refuse("EndTime must be at most 15 days after StartTime");
    return { AlertLogList: [], PageNumber, PageSize };
  },
);

function refuse(detail: string): never {
  throw serviceError(CMS_ERRORS.InvalidParameter, { parameter: "EndTime", detail });
}
