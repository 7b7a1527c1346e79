import type { ImportField } from '../../platform/imports/source.ts'

const field = (name: string, title: string, ...aliases: string[]): ImportField => ({
  field: name,
  title,
  required: false,
  aliases: [title, ...aliases],
})
const required = (name: string, title: string, ...aliases: string[]): ImportField => ({
  ...field(name, title, ...aliases),
  required: true,
})

/** Columns of an incident log by their names in ServiceNow, with the labels its exports show. */
export const serviceNowFields: readonly ImportField[] = [
  required('number', 'Number', 'incident_number', 'id'),
  required('incident_state', 'State', 'Incident state'),
  required('sys_updated_at', 'Updated', 'sys_updated_on', 'updated_at'),
  required('opened_at', 'Opened', 'opened_on'),
  field('sys_mod_count', 'Updates', 'mod_count'),
  field('sys_updated_by', 'Updated by'),
  field('sys_created_by', 'Created by'),
  field('sys_created_at', 'Created', 'sys_created_on'),
  field('active', 'Active'),
  field('reassignment_count', 'Reassignment count'),
  field('reopen_count', 'Reopen count'),
  field('made_sla', 'Made SLA'),
  field('caller_id', 'Caller', 'Requested for'),
  field('opened_by', 'Opened by'),
  field('contact_type', 'Contact type', 'Channel'),
  field('location', 'Location'),
  field('category', 'Category'),
  field('subcategory', 'Subcategory'),
  field('u_symptom', 'Symptom'),
  field('short_description', 'Short description', 'Title'),
  field('cmdb_ci', 'Configuration item', 'CI'),
  field('impact', 'Impact'),
  field('urgency', 'Urgency'),
  field('priority', 'Priority'),
  field('assignment_group', 'Assignment group', 'Group'),
  field('assigned_to', 'Assigned to', 'Assignee'),
  field('knowledge', 'Knowledge'),
  field('u_priority_confirmation', 'Priority confirmation'),
  field('notify', 'Notify'),
  field('problem_id', 'Problem', 'Problem ID'),
  field('rfc', 'Change request', 'RFC'),
  field('vendor', 'Vendor'),
  field('caused_by', 'Caused by change', 'Caused by'),
  field('closed_code', 'Close code', 'Resolution code', 'close_code'),
  field('resolved_by', 'Resolved by'),
  field('resolved_at', 'Resolved'),
  field('closed_at', 'Closed'),
]
