-- Every word an asset is found by, in one place: one index answers a question of several words, whatever they name. What the names around it say is kept
-- with it, and follows when they change.
alter table assets drop column words;
alter table assets add column words tsvector not null default '';

create function words_of(variadic texts text[]) returns tsvector language sql immutable as $$
  select array_to_tsvector(array_remove(regexp_split_to_array(lower(array_to_string(texts, ' ')), '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u007f]+'), ''))
$$;
create function asset_words(a assets) returns tsvector language sql stable as $$
  select words_of(a.tag, a.serial, a.name, a.order_number, m.name, m.number, f.name, p.name)
  from (select 1) one left join asset_models m on m.id = a.model_id left join manufacturers f on f.id = m.manufacturer_id
    left join persons p on a.holder_kind = 'person' and p.id = a.holder_id
$$;

create function asset_words_kept() returns trigger language plpgsql as $$
begin
  new.words := asset_words(new);
  return new;
end $$;
create trigger asset_words_kept before insert or update of tag, serial, name, order_number, model_id, holder_kind, holder_id on assets
  for each row execute function asset_words_kept();

-- in order of their ids, so that two who rename never wait for each other
create function asset_words_follow() returns trigger language plpgsql as $$
declare
  touched uuid[];
begin
  if tg_table_name = 'persons' then
    touched := array(select id from assets where holder_kind = 'person' and holder_id = new.id order by id for no key update);
  elsif tg_table_name = 'asset_models' then
    touched := array(select id from assets where model_id = new.id order by id for no key update);
  else
    touched := array(select a.id from assets a where a.model_id in (select m.id from asset_models m where m.manufacturer_id = new.id) order by a.id for no key update of a);
  end if;
  update assets a set words = asset_words(a) where a.id = any(touched);
  return null;
end $$;
create trigger asset_words_follow after update of name on persons
  for each row when (old.name is distinct from new.name) execute function asset_words_follow();
create trigger asset_words_follow after update of name, number, manufacturer_id on asset_models
  for each row when ((old.name, old.number, old.manufacturer_id) is distinct from (new.name, new.number, new.manufacturer_id)) execute function asset_words_follow();
create trigger asset_words_follow after update of name on manufacturers
  for each row when (old.name is distinct from new.name) execute function asset_words_follow();

update assets a set words = asset_words(a);
create index assets_by_words on assets using gin (words) with (fastupdate = off);
drop index persons_by_words;
