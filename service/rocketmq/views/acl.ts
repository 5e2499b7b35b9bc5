import type { Acl } from "../entities.ts";

export function aclView(acl: Acl, region: string) {
  return { ...acl, regionId: region, aclType: "APACHE_ACL" };
}
