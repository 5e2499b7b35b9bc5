import { CMS_NOT_SERVED } from "../../contract/cms/index.ts";
import { PRODUCTS } from "../../contract/products.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { cmsActions } from "./actions.ts";
import { cmsControls } from "./controls.ts";
import { unheardRules } from "./engine/rules.ts";
import { cmsEnvelope } from "./envelope.ts";
import { cmsMigrations } from "./schema.ts";
import { seedCms } from "./seed.ts";
import { otherNamespaces } from "./settings.ts";
import { cmsStore } from "./store.ts";

const RULES_SHOWN_MAX = 100;

/** CloudMonitor: alert rules, whom they tell, and metrics of the products served here. */
export const cmsRoom: ProductRoom = {
  name: "cms",
  version: PRODUCTS.cms.version,
  style: PRODUCTS.cms.style,
  host: "metrics",
  envelope: cmsEnvelope,
  actions: cmsActions,
  notServed: CMS_NOT_SERVED,
  migrations: cmsMigrations,
  open(kernel) {
    // Malformed settings stop the start.
    otherNamespaces(kernel);
    return { close() {} };
  },
  seed: seedCms,
  controls: cmsControls,
  status(kernel) {
    const { rules, contacts, groups } = cmsStore(kernel.store);
    return {
      rules: rules.count(),
      contacts: contacts.count(),
      contactGroups: groups.count(),
      rulesThatReachNobody: unheardRules(kernel, RULES_SHOWN_MAX),
    };
  },
};
