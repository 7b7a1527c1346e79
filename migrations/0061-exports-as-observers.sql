-- Exports of programs that manage devices are observers like agents: each row is the report of one.
alter table agents drop constraint agents_task_check, drop constraint agents_dialect_check;
alter table agents add constraint agents_task_check check (task in ('inventory', 'scan', 'export')),
  add constraint agents_dialect_check check (dialect in ('glpi', 'fusioninventory', 'ocs', 'snmp', 'other', 'intune', 'entra', 'jamf', 'sccm', 'lansweeper'));
alter table asset_facts drop constraint asset_facts_source_check;
alter table asset_facts add constraint asset_facts_source_check check (source in ('agent', 'scan', 'export'));
