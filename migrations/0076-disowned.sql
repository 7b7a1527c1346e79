-- What somebody said is not theirs, as long as nobody has settled it, by the thing.
create index attestation_items_disowned on attestation_items (asset_id) where answer = 'not_mine' and remedy is null;
