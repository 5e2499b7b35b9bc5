import type { Acl } from "../entities.ts";

export function aclView(acl: Acl, region: string): object {
  return { ...acl, regionId: region, aclType: "APACHE_ACL" };
}
