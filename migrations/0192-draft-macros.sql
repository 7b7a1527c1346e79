-- The macro chosen for a draft: id, version and which of its effects are carried out. It may be gone or changed when the draft is sent, which is refused then.
alter table ticket_drafts add column macro jsonb;
