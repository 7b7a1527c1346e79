-- A seat can be moved to somebody else while it waits.
alter table approval_candidates drop constraint approval_candidates_instead_why_check;
alter table approval_candidates add constraint approval_candidates_instead_why_check check (instead_why in ('own_request', 'left', 'moved'));
