import { openOnsService as published } from "../../../contract/ons/account.ts";
import { defineAction } from "../../core/kit/action.ts";

export const openOnsService = defineAction(published, (ctx) => ({ OrderId: ctx.requestId }));
