-- Letters about invitations that domains made.

-- When the letter about an invitation that a domain made was due; nothing once it is written. Those of before get none.
ALTER TABLE invitations ADD COLUMN letter_due_at BIGINT;
CREATE INDEX invitations_letter_due ON invitations (letter_due_at, id) WHERE letter_due_at IS NOT NULL;
