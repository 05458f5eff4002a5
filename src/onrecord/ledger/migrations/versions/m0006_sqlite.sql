CREATE INDEX ix_claims_doubt ON claims (kind, confidence, id)
-- next
CREATE INDEX ix_account_keys_account ON account_keys (account)