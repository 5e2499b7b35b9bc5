import { faultRule } from "../faults/fault-rules.ts";
import { judge } from "../kit/judge.ts";
import { type AdminRoute, badRequest, notFound } from "./route.ts";

/** Fault rules: make calls fail, late, or lose their answer. */
export const faultRoutes: readonly AdminRoute[] = [
  { method: "GET", path: "faults", handle: ({ faults }) => ({ faults: faults.list() }) },
  {
    method: "POST",
    path: "faults",
    handle({ faults, rooms }, { body }) {
      const rule = judge(faultRule, body, "fault rule", badRequest);
      const { product, action } = rule;
      const room = rooms.list.find((one) => one.name === product);
      if (product !== "*" && !room) throw badRequest(`product: no product is named ${product}`);
      // A rule that can never hit would make a test pass for the wrong reason.
      const candidates = room ? [room] : rooms.list;
      if (action !== "*" && !candidates.some((one) => one.actions.some((known) => known.name === action))) {
        throw badRequest(`action: ${product === "*" ? "no product" : product} has no action ${action}`);
      }
      try {
        return faults.add(rule);
      } catch (error) {
        throw badRequest((error as Error).message);
      }
    },
  },
  {
    method: "DELETE",
    path: "faults",
    handle({ faults }) {
      faults.clear();
      return { faults: [] };
    },
  },
  {
    method: "DELETE",
    path: "faults/:id",
    handle({ faults }, { path }) {
      const id = path[1] ?? "";
      if (!faults.remove(id)) throw notFound(`there is no fault rule ${id}; it may be used up`);
      return { faults: faults.list() };
    },
  },
];
