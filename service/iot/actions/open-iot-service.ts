import { openIotService as published } from "../../../contract/iot/opening.ts";
import { serveAction } from "../../core/kit/action.ts";

export const openIotService = serveAction(published, (ctx) => ({ OrderId: ctx.requestId }));
