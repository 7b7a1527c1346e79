-- Assets that a person said a device is not: its serial number no longer makes it one of them.
alter table devices add column not_asset_ids uuid[] not null default '{}';
