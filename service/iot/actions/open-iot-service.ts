import { openIotService as published } from "../../../contract/iot/opening.ts";
import { defineAction } from "../../core/kit/action.ts";

export const openIotService = defineAction(published, (ctx) => ({ OrderId: ctx.requestId }));
