-- Mailboxes from which mail is taken in. What must be kept secret of a connection is sealed in `secrets`.
create table mailboxes (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  kind text not null check (kind in ('imap', 'gateway')),
  active boolean not null default true,
  queue_id uuid not null references queues,
  -- what is opened from it is confidential, and so is mail of it that belongs to no ticket yet
  confidential boolean not null default false,
  unknown_senders text not null check (unknown_senders in ('create', 'quarantine', 'refuse')),
  -- somebody who writes to a ticket without taking part
  outsiders text not null check (outsiders in ('note', 'quarantine')),
  closed_tickets text not null check (closed_tickets in ('reopen', 'follow_up')),
  acknowledge boolean not null,
  -- replies go to name+token@: the mail server must take such addresses
  tagged_replies boolean not null,
  most_bytes int not null,
  -- whose Authentication-Results (RFC 8601) are believed
  authserv_id text,
  limits jsonb not null,
  templates jsonb not null,
  connection jsonb,
  secrets bytea,
  -- with which mail is handed in here; the key itself is shown once
  key_hash bytea unique,
  key_prefix text,
  problem jsonb,
  checked_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create unique index mailboxes_by_name on mailboxes (organisation_id, lower(name));
comment on table mailboxes is 'mailboxes';

create table mailbox_addresses (
  organisation_id uuid not null references organisations,
  address text not null check (address = lower(address)),
  mailbox_id uuid not null references mailboxes on delete cascade,
  position int not null,
  primary key (organisation_id, address)
);
create index mailbox_addresses_by_mailbox on mailbox_addresses (mailbox_id, position);
comment on table mailbox_addresses is 'mailboxes';

-- Messages as they came: stored first, never changed, then taken in. Large ones lie among the files.
create table incoming_mails (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  mailbox_id uuid not null references mailboxes,
  folder text,
  uid_validity bigint,
  uid bigint,
  sha256 bytea not null,
  size int not null,
  body bytea,
  recipients text[] not null default '{}',
  -- when it came to the mail server, where that is known
  received_at timestamptz not null,
  stored_at timestamptz not null default now(),
  state text not null check (state in ('received', 'taken', 'parked', 'quarantined', 'refused', 'ignored')),
  -- received: the next attempt, or when the lease of the node that has it ends
  next_at timestamptz,
  attempts int not null default 0,
  -- what a person decided about it: overrules the sender's standing
  decided jsonb,
  did text,
  steps jsonb not null default '[]',
  message_id text,
  from_name text,
  from_address text,
  person_id uuid references persons,
  subject text,
  kind text,
  -- same author, words and attachments: a second copy of a message has the same
  fingerprint bytea,
  ticket_id uuid,
  note_id uuid,
  done_at timestamptz
);
create unique index incoming_mails_by_content on incoming_mails (mailbox_id, sha256);
create unique index incoming_mails_by_uid on incoming_mails (mailbox_id, folder, uid_validity, uid) where uid is not null;
create index incoming_mails_next on incoming_mails (next_at, id) where state = 'received';
create index incoming_mails_by_state on incoming_mails (organisation_id, state, id desc);
create index incoming_mails_by_mailbox on incoming_mails (mailbox_id, id desc);
create index incoming_mails_by_organisation on incoming_mails (organisation_id, id desc);
create index incoming_mails_by_ticket on incoming_mails (ticket_id, received_at) where ticket_id is not null;
create index incoming_mails_by_sender on incoming_mails (organisation_id, from_address, received_at) where from_address is not null;
create index incoming_mails_by_fingerprint on incoming_mails (organisation_id, fingerprint) where fingerprint is not null;
create index incoming_mails_new_senders on incoming_mails (organisation_id, received_at) where did = 'opened-for-new';
comment on table incoming_mails is 'mailboxes';

-- Message-IDs by which a reply finds its ticket, of mails that came and mails that went.
create table threaded_mails (
  organisation_id uuid not null references organisations,
  message_id text not null,
  ticket_id uuid not null,
  outgoing boolean not null,
  primary key (organisation_id, message_id, ticket_id)
);
create index threaded_mails_by_ticket on threaded_mails (ticket_id);
comment on table threaded_mails is 'mailboxes';

-- People who take part in the conversation of a ticket without being known here.
create table outside_participants (
  ticket_id uuid not null,
  address text not null check (address = lower(address)),
  name text not null,
  added_at timestamptz not null default now(),
  primary key (ticket_id, address)
);
comment on table outside_participants is 'mailboxes';

-- Through which mailbox a ticket is answered, and who asked under which address.
create table mailed_tickets (
  ticket_id uuid primary key,
  organisation_id uuid not null references organisations,
  mailbox_id uuid not null references mailboxes,
  incoming_id uuid,
  from_address text not null,
  -- the ticket that goes on where a closed one ended
  follow_up_id uuid
);
comment on table mailed_tickets is 'mailboxes';

-- What a note or a description came as, and what of it is folded: quoted text and signature.
alter table notes add column mail jsonb;
alter table notes add column folded text;
create table ticket_origins (
  ticket_id uuid primary key references tickets,
  mail jsonb not null,
  folded text
);
comment on table ticket_origins is 'tickets';
