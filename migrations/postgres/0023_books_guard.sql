CREATE TRIGGER ledger_months_append_only BEFORE UPDATE OR DELETE ON ledger_months FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
--> statement-breakpoint
CREATE TRIGGER budgets_append_only BEFORE UPDATE OR DELETE ON budgets FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
