import { ROCKETMQ_ERRORS, type ServiceError, serviceError } from "../../../contract/errors/index.ts";
import type { Kernel } from "../../core/kit/kernel.ts";
import type { Account, Acl, AclKey } from "../entities.ts";
import { rocketmqStore } from "../store.ts";
import { invalidParameter, missingParameter } from "./failures.ts";
import { instanceOf } from "./find.ts";

/** Without a name the account that came with the instance. */
export function accountOf(kernel: Kernel, instanceId: string, username: string | undefined): Account {
  instanceOf(kernel, instanceId);
  const store = rocketmqStore(kernel.store);
  const account =
    username === undefined ? store.accounts(instanceId)[0] : store.account(instanceId, username);
  if (account) return account;
  throw serviceError(ROCKETMQ_ERRORS.AccountNotFound, {
    parameter: "username",
    detail: `Asked for ${username ?? "the first one"}.`,
  });
}

export function createAccount(
  kernel: Kernel,
  account: { instanceId: string; username: string; password: string; remark?: string | undefined },
): void {
  const { instanceId, username } = account;
  const store = rocketmqStore(kernel.store);
  const sealedPassword = kernel.vault.seal(account.password);
  kernel.store.transaction(() => {
    instanceOf(kernel, instanceId);
    if (store.account(instanceId, username)) {
      const detail = `${instanceId} has the account ${JSON.stringify(username)}.`;
      throw serviceError(ROCKETMQ_ERRORS.AccountExisted, { parameter: "username", detail });
    }
    store.putAccount({
      instanceId,
      username,
      sealedPassword,
      remark: account.remark ?? "",
      status: "ENABLE",
      type: "CUSTOM",
    });
  });
}

export function changeAccount(
  kernel: Kernel,
  instanceId: string,
  username: string,
  change: {
    password?: string | undefined;
    status?: Account["status"] | undefined;
    remark?: string | undefined;
  },
): void {
  const sealed = change.password === undefined ? undefined : kernel.vault.seal(change.password);
  kernel.store.transaction(() => {
    const account = accountOf(kernel, instanceId, username);
    rocketmqStore(kernel.store).putAccount({
      ...account,
      sealedPassword: sealed ?? account.sealedPassword,
      status: change.status ?? account.status,
      remark: change.remark ?? account.remark,
    });
  });
}

export function deleteAccount(kernel: Kernel, instanceId: string, username: string): void {
  kernel.store.transaction(() => {
    const account = accountOf(kernel, instanceId, username);
    if (account.type === "DEFAULT") {
      throw invalidParameter("username", "The account that came with the instance cannot be deleted.");
    }
    rocketmqStore(kernel.store).deleteAccount(instanceId, username);
  });
}

export function aclOf(kernel: Kernel, key: AclKey): Acl {
  instanceOf(kernel, key.instanceId);
  const acl = rocketmqStore(kernel.store).acl(key);
  if (acl) return acl;
  throw serviceError(ROCKETMQ_ERRORS.AclNotFound, {
    parameter: "resourceName",
    detail: `Asked for ${key.username} on ${key.resourceType} ${key.resourceName}.`,
  });
}

export function createAcl(kernel: Kernel, acl: Acl): void {
  const { instanceId, username, resourceType, resourceName } = acl;
  const store = rocketmqStore(kernel.store);
  kernel.store.transaction(() => {
    accountOf(kernel, instanceId, username);
    if (store.acl(acl)) {
      const detail = `${username} has a right on ${resourceType} ${resourceName}; change it.`;
      throw serviceError(ROCKETMQ_ERRORS.AclExisted, { parameter: "resourceName", detail });
    }
    store.putAcl(acl);
  });
}

export function addressNotFound(address: string): ServiceError {
  return serviceError(ROCKETMQ_ERRORS.AddressNotFound, {
    parameter: "ipWhitelists",
    detail: `Asked for ${address}.`,
  });
}

/** Adds all or none. */
export function addAddresses(kernel: Kernel, instanceId: string, addresses: readonly string[]): void {
  const store = rocketmqStore(kernel.store);
  kernel.store.transaction(() => {
    instanceOf(kernel, instanceId);
    const known = new Set(store.addresses(instanceId));
    for (const address of addresses) {
      if (known.has(address)) {
        const detail = `${instanceId} has ${address}.`;
        throw serviceError(ROCKETMQ_ERRORS.AddressExisted, { parameter: "ipWhitelists", detail });
      }
      known.add(address);
      store.addAddress(instanceId, address);
    }
  });
}

/** Takes off all or none. */
export function deleteAddresses(kernel: Kernel, instanceId: string, addresses: readonly string[]): void {
  const store = rocketmqStore(kernel.store);
  kernel.store.transaction(() => {
    instanceOf(kernel, instanceId);
    if (addresses.length === 0) throw missingParameter("ipWhitelists");
    const known = new Set(store.addresses(instanceId));
    for (const address of addresses) {
      if (!known.has(address)) throw addressNotFound(address);
      store.deleteAddress(instanceId, address);
    }
  });
}
