-- Mails to people without an account: to the address they wrote from.
alter table mails alter column person_id drop not null;
alter table mails add column to_name text;
alter table mails add column to_address text;
alter table mails add constraint mails_have_recipients check (person_id is not null or to_address is not null);
create unique index mails_once_for_addresses on mails (to_address, cause) where person_id is null;
alter table bouncing_addresses alter column person_id drop not null;
-- machine answers are counted by address and in total, so that no responder makes a storm
create index mails_answers on mails (organisation_id, created_at) where kind in ('ticket-acknowledgement', 'mail-refusal');
create index mails_answers_by_address on mails (to_address, created_at) where kind in ('ticket-acknowledgement', 'mail-refusal');

-- to whom an author addressed a message, so that they are not mailed the same again
alter table incoming_mails add column addressed text[] not null default '{}';
