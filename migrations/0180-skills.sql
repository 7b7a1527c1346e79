-- What people can do that others cannot, by name. No levels: somebody has it or not.
create table skills (
  id uuid primary key,
  version int not null default 1,
  organisation_id uuid not null references organisations,
  name text not null,
  -- a closed one is offered no more; those who have it keep it
  active boolean not null default true
);
create unique index skills_by_name on skills (organisation_id, lower(name));
comment on table skills is 'people';

create table person_skills (
  person_id uuid not null references persons on delete cascade,
  skill_id uuid not null references skills on delete cascade,
  primary key (person_id, skill_id)
);
create index person_skills_of_skill on person_skills (skill_id, person_id);
comment on table person_skills is 'people';

-- What tickets of a category need, those of the categories below it too.
create table category_skills (
  category_id uuid not null references categories on delete cascade,
  skill_id uuid not null references skills,
  primary key (category_id, skill_id)
);
create index category_skills_of_skill on category_skills (skill_id);
comment on table category_skills is 'tickets';
