import { PolicyPack } from "@pulumi/policy";
import { alertForEachGroup } from "./alert-for-each-group";
import { noForceUnsubscribe } from "./no-force-unsubscribe";
import { ownerTags } from "./owner-tags";
import { teamPrefix } from "./team-prefix";

/*
 * What a company wants on top of the documented limits, which the provider holds by itself. Each policy can be set up and
 * given another level by a file: pulumi preview --policy-pack policy --policy-pack-config policy/config.json
 */
new PolicyPack("change-tracking", {
  policies: [teamPrefix, ownerTags, noForceUnsubscribe, alertForEachGroup],
});
