import { document, documents } from "../core/store/documents.ts";
import type { Store } from "../core/store/store.ts";
import type { ListedPlaces, Place, Rule, RuleAction } from "./entities.ts";

/** Data forwarding rules and their actions. */
export function ruleTables(store: Store) {
  return {
    insertRule(rule: Rule): void {
      store.run(
        "INSERT INTO iot_rules (rule_id, instance_id, region, name, created_at_ms, document) VALUES (?, ?, ?, ?, ?, ?)",
        rule.ruleId,
        rule.instanceId,
        rule.region,
        rule.name,
        rule.createdAtMs,
        JSON.stringify(rule),
      );
    },
    updateRule: (rule: Rule): void =>
      void store.run(
        "UPDATE iot_rules SET name = ?, document = ? WHERE rule_id = ?",
        rule.name,
        JSON.stringify(rule),
        rule.ruleId,
      ),
    rule: (ruleId: number): Rule | undefined =>
      document(store, "SELECT document FROM iot_rules WHERE rule_id = ?", ruleId),
    ruleNamed: ({ instanceId, region }: Place, name: string): Rule | undefined =>
      document(
        store,
        "SELECT document FROM iot_rules WHERE instance_id = ? AND region = ? AND name = ?",
        instanceId,
        region,
        name,
      ),
    /** Oldest first. */
    rules: ({ instanceId, region }: ListedPlaces): Rule[] =>
      documents(
        store,
        "SELECT document FROM iot_rules WHERE instance_id = ? AND region = coalesce(?, region) ORDER BY created_at_ms, rule_id",
        instanceId,
        region ?? null,
      ),
    /** Takes the rule with its actions. */
    deleteRule(ruleId: number): void {
      store.transaction(() => {
        store.run("DELETE FROM iot_rule_actions WHERE rule_id = ?", ruleId);
        store.run("DELETE FROM iot_rules WHERE rule_id = ?", ruleId);
      });
    },
    insertRuleAction: (action: RuleAction): void =>
      void store.run(
        "INSERT INTO iot_rule_actions (action_id, rule_id, group_id, document) VALUES (?, ?, ?, ?)",
        action.actionId,
        action.ruleId,
        action.groupId,
        JSON.stringify(action),
      ),
    ruleAction: (actionId: number): RuleAction | undefined =>
      document(store, "SELECT document FROM iot_rule_actions WHERE action_id = ?", actionId),
    ruleActions: (ruleId: number): RuleAction[] =>
      documents(store, "SELECT document FROM iot_rule_actions WHERE rule_id = ? ORDER BY rowid", ruleId),
    deleteRuleAction: (actionId: number): void =>
      void store.run("DELETE FROM iot_rule_actions WHERE action_id = ?", actionId),
    /** The rules that forward to a group. */
    rulesFeeding: (groupId: string): { ruleId: number; name: string }[] =>
      store.all<{ ruleId: number; name: string }>(
        "SELECT DISTINCT r.rule_id AS ruleId, r.name AS name FROM iot_rule_actions a JOIN iot_rules r ON r.rule_id = a.rule_id WHERE a.group_id = ? ORDER BY r.name",
        groupId,
      ),
  };
}
