import { expect, it } from "vitest";
import { readSettings } from "../../../../provider/runtime/host/settings.ts";

// A pod beside a service called change-tracking has these; none of them is meant for us.
it("what Kubernetes sets for a service called change-tracking changes nothing", () => {
  const linked = {
    CHANGE_TRACKING_SERVICE_HOST: "10.0.0.1",
    CHANGE_TRACKING_SERVICE_PORT: "8780",
    CHANGE_TRACKING_PORT: "tcp://10.0.0.1:8780",
    CHANGE_TRACKING_PORT_8780_TCP: "tcp://10.0.0.1:8780",
    CHANGE_TRACKING_PORT_8780_TCP_PROTO: "tcp",
    CHANGE_TRACKING_PORT_8780_TCP_PORT: "8780",
    CHANGE_TRACKING_PORT_8780_TCP_ADDR: "10.0.0.1",
  };
  const seen = [{}, linked].map((environment) => {
    const { target, region, adoptsExisting, endpointOf } = readSettings(() => undefined, environment);
    return { target, region, adoptsExisting, endpoint: endpointOf("dts", "cn-hangzhou") };
  });
  expect(seen[1]).toEqual(seen[0]);
});
