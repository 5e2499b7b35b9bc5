import { openOnsService as published } from "../../../contract/ons/account.ts";
import { serveAction } from "../../core/kit/action.ts";

export const openOnsService = serveAction(published, (ctx) => ({ OrderId: ctx.requestId }));
