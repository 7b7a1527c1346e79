create index ticket_tasks_open_of_nobody on ticket_tasks (opened_at, id) where state = 'open' and assignee_id is null and team_id is null;
