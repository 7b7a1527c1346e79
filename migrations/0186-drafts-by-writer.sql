create index ticket_drafts_by_person on ticket_drafts (person_id, kept_at desc);
