-- Which node fetches the mail of a mailbox: one over all, by a lease that it renews.
create table imap_leases (
  mailbox_id uuid primary key references mailboxes on delete cascade,
  node uuid not null,
  until timestamptz not null
);
comment on table imap_leases is 'mailboxes';

-- How far a folder was fetched: UIDs count only together with their UIDVALIDITY (RFC 9051, 2.3.1.1).
create table imap_folders (
  mailbox_id uuid not null references mailboxes on delete cascade,
  folder text not null,
  uid_validity bigint not null,
  last_uid bigint not null,
  fetched_at timestamptz not null,
  primary key (mailbox_id, folder)
);
comment on table imap_folders is 'mailboxes';
