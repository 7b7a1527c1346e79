-- The terms people accept with what they are given, by category (null: all others); every wording ever accepted stays.
create table custody_terms (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  category_id uuid references asset_categories,
  revision int not null,
  -- plain text; empty: nothing is to be accepted
  body text not null,
  created_at timestamptz not null default now(),
  created_by_name text not null
);
create unique index custody_terms_revisions on custody_terms (organisation_id, coalesce(category_id, '00000000-0000-7000-8000-000000000000'), revision);
comment on table custody_terms is 'custody';

-- Who or what had an asset, from when to when; and what of a counted item was issued to whom.
create table custodies (
  id uuid primary key,
  organisation_id uuid not null references organisations,
  asset_id uuid references assets,
  stock_id uuid references stock_items,
  quantity int not null default 1 check (quantity > 0),
  holder_kind text not null check (holder_kind in ('person', 'location', 'asset')),
  holder_id uuid not null,
  handed_at timestamptz not null,
  handed_by uuid,
  handed_by_name text not null,
  note text not null default '',
  due_back_on date,
  ended_at timestamptz,
  ended_by_name text,
  -- returned: with a condition; transferred: to the next; released: its state, an import or an order ended it
  ended_how text check (ended_how in ('returned', 'transferred', 'released')),
  condition text check (condition in ('good', 'worn', 'damaged', 'incomplete')),
  end_note text not null default '',
  acceptance text not null default 'none' check (acceptance in ('none', 'waiting', 'accepted', 'declined')),
  terms_id uuid references custody_terms,
  -- the terms as they were shown, and what was answered
  terms_text text,
  signature text,
  answered_at timestamptz,
  answer_note text not null default '',
  check ((asset_id is null) <> (stock_id is null)),
  check ((ended_at is null) = (ended_how is null))
);
-- one asset is in one pair of hands
create unique index custodies_open on custodies (asset_id) where asset_id is not null and ended_at is null;
create index custodies_by_asset on custodies (asset_id, handed_at desc) where asset_id is not null;
create index custodies_by_stock on custodies (stock_id, handed_at desc) where stock_id is not null;
create index custodies_by_holder on custodies (holder_id, handed_at desc);
create index custodies_in_order on custodies (organisation_id, handed_at, id);
create index custodies_waiting on custodies (organisation_id, handed_at) where acceptance = 'waiting' and ended_at is null;
comment on table custodies is 'custody';

-- Whatever changes the holder of an asset, an import or a change of state: the history stays whole.
create function custody_followed() returns trigger language plpgsql as $$
begin
  update custodies set ended_at = now(), ended_how = 'released', ended_by_name = 'Linchpin'
  where asset_id = new.id and ended_at is null and (new.holder_id is null or holder_id <> new.holder_id);
  if new.holder_id is not null and not exists (select 1 from custodies where asset_id = new.id and ended_at is null) then
    insert into custodies (id, organisation_id, asset_id, holder_kind, holder_id, handed_at, handed_by_name, due_back_on)
    values (gen_random_uuid(), new.organisation_id, new.id, new.holder_kind, new.holder_id, coalesce(new.held_since, now()), 'Linchpin', new.due_back_on);
  end if;
  return null;
end $$;
create trigger custody_followed_update after update of holder_id on assets for each row when (new.holder_id is distinct from old.holder_id) execute function custody_followed();
create trigger custody_followed_insert after insert on assets for each row when (new.holder_id is not null) execute function custody_followed();

insert into custodies (id, organisation_id, asset_id, holder_kind, holder_id, handed_at, handed_by_name, due_back_on)
select gen_random_uuid(), organisation_id, id, holder_kind, holder_id, coalesce(held_since, updated_at), 'Linchpin', due_back_on from assets where holder_id is not null;
