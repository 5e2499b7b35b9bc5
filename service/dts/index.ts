import { DTS_NOT_SERVED } from "../../contract/dts/index.ts";
import { PRODUCTS } from "../../contract/products.ts";
import type { ProductRoom } from "../core/kit/product-room.ts";
import { dtsActions } from "./actions.ts";
import { dtsControls } from "./controls.ts";
import { leaveCaptures, logsLeftOut } from "./engine/plane/leaving.ts";
import { dataReport } from "./engine/plane/report.ts";
import { workerThreads } from "./engine/plane/workers.ts";
import { dtsEnvelope } from "./envelope.ts";
import { openDts } from "./open.ts";
import { dtsMigrations } from "./schema.ts";
import { seedDts } from "./seed.ts";
import { dtsStore } from "./store.ts";

/** Data Transmission Service: change tracking instances and their consumer groups. */
export const dtsRoom: ProductRoom = {
  name: "dts",
  version: PRODUCTS.dts.version,
  style: PRODUCTS.dts.style,
  host: "dts",
  envelope: dtsEnvelope,
  actions: dtsActions,
  notServed: DTS_NOT_SERVED,
  migrations: dtsMigrations,
  open: (kernel) => openDts(kernel, workerThreads(kernel)),
  leave: leaveCaptures,
  leftOut: logsLeftOut,
  seed: seedDts,
  controls: dtsControls,
  status(kernel) {
    const store = dtsStore(kernel.store);
    const jobs = store.jobs();
    return {
      instances: jobs.length,
      groups: store.countGroups(),
      byStatus: store.countJobsByStatus(),
      declaredOnly: jobs
        .filter((job) => job.precheck?.declaredOnly)
        .map((job) => ({ instanceId: job.instanceId, source: job.configuration?.source.instanceId ?? "" })),
      ...dataReport(kernel),
    };
  },
};
