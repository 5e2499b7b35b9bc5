import type { dynamic } from "@pulumi/pulumi";

/** The kinds of resources that this package knows; the name is kept in states, so it never changes. */
export type KindName = "ChangeTrackingInstance" | "ConsumerGroup" | "InflowTask" | "AlertRule";

/** Pulumi serializes each provider object anew, some 5 ms a resource; resources of a kind share one. */
const shims = new Map<KindName, dynamic.ResourceProvider>();

/**
 * What Pulumi writes as text into the state of every resource. Deletes and refreshes run that text, also years
 * later, so it does nothing but hand each call to the installed package, and a test pins it. It must capture
 * nothing except the kind's name. When the package is missing, the `require` fails and names it; when it is
 * too old for the kind, the runtime says so.
 */
export function shim(kind: KindName): dynamic.ResourceProvider {
  const known = shims.get(kind);
  if (known) return known;
  const made = handOver(kind);
  shims.set(kind, made);
  return made;
}

function handOver(kind: KindName): dynamic.ResourceProvider {
  return {
    configure: async (request) => require("pulumi-change-tracking/runtime").configure(request),
    check: async (olds, news) => require("pulumi-change-tracking/runtime").check(kind, olds, news),
    diff: async (id, olds, news) => require("pulumi-change-tracking/runtime").diff(kind, id, olds, news),
    create: async (inputs) => require("pulumi-change-tracking/runtime").create(kind, inputs),
    read: async (id, props) => require("pulumi-change-tracking/runtime").read(kind, id, props),
    update: async (id, olds, news) => require("pulumi-change-tracking/runtime").update(kind, id, olds, news),
    delete: async (id, props) => require("pulumi-change-tracking/runtime").delete(kind, id, props),
  };
}
