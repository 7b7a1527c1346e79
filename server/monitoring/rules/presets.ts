import {
  type AlertMapping,
  alertMapping,
  type AlertMappingWritten,
  type AlertWay,
} from '../../../contract/monitoring.ts'

const preset = (given: AlertMappingWritten): AlertMapping => alertMapping.parse(given)

/** Alertmanager and, since version 8, Grafana send the same (webhook of Alertmanager, version 4; version 3 lacks fingerprints). */
const prometheus = preset({
  each: 'alerts',
  title: '{annotations.summary|annotations.title|annotations.message|labels.alertname|commonAnnotations.summary|title}',
  text: '{annotations.description|annotations.message|commonAnnotations.description|message}',
  // labels are what makes an alert (data model of Prometheus)
  fingerprint: '{fingerprint|labels}',
  host: [
    'labels.instance',
    'labels.host',
    'labels.hostname',
    'labels.node',
    'labels.nodename',
    'commonLabels.instance',
  ],
  link: ['generatorURL', 'panelURL', 'externalURL'],
  at: ['startsAt'],
  severity: ['labels.severity', 'labels.priority', 'annotations.severity', 'commonLabels.severity'],
  status: ['status'],
  labels: 'labels',
})

/**
 * What each format says where, as its maker documents it. Nagios and Icinga 2 have no webhook of their own: what their notification commands send is
 * described in docs/operating, with the names of their macros and attributes.
 */
export const presets: Record<Exclude<AlertWay, 'mapped' | 'own'>, readonly AlertMapping[]> = {
  alertmanager: [prometheus],
  grafana: [
    prometheus,
    // legacy alerting, up to version 8
    preset({
      title: '{ruleName|title}',
      text: '{message}',
      fingerprint: '{ruleId|ruleName}',
      host: ['evalMatches.0.tags.instance', 'evalMatches.0.tags.host', 'tags.host'],
      link: ['ruleUrl'],
      severity: ['tags.severity'],
      status: ['state'],
      fires: ['alerting', 'no_data'],
      ignored: ['paused', 'pending'],
      labels: 'tags',
    }),
  ],
  nagios: [
    preset({
      title: '{hostname|hostalias}: {servicedesc} {servicestate|hoststate}',
      text: '{serviceoutput|hostoutput} {longserviceoutput|longhostoutput}',
      fingerprint: '{hostname}/{servicedesc}',
      host: ['hostname', 'hostaddress'],
      severity: ['servicestate', 'hoststate'],
      status: ['notificationtype'],
      over: ['recovery'],
      fires: ['problem'],
      link: ['serviceactionurl', 'hostactionurl'],
    }),
  ],
  icinga2: [
    preset({
      title: '{hostname|hostdisplayname}: {servicename|servicedisplayname} {servicestate|hoststate}',
      text: '{serviceoutput|hostoutput}',
      fingerprint: '{hostname}/{servicename}',
      host: ['hostname', 'hostaddress', 'hostdisplayname'],
      severity: ['servicestate', 'hoststate'],
      status: ['notificationtype'],
      over: ['recovery'],
      fires: ['problem'],
      link: ['notesurl', 'actionurl'],
    }),
  ],
  zabbix: [
    preset({
      title: '{event_name|trigger_name|subject|title|alert_subject}',
      text: '{message|alert_message|event_opdata|opdata}',
      fingerprint: '{trigger_id|event_id|alert_uid|eventid}/{host|hostname}',
      host: ['host', 'hostname', 'host_name', 'host_ip', 'ip'],
      link: ['trigger_url', 'link_to_upstream_details', 'url'],
      at: ['event_time'],
      severity: ['event_severity', 'severity', 'trigger_severity', 'event_nseverity'],
      status: ['event_value', 'status', 'state', 'event_status'],
      over: ['0', 'resolved', 'ok', 'recovery'],
      labels: 'event_tags',
    }),
  ],
  cloudwatch: [
    preset({
      title: '{AlarmName}',
      text: '{NewStateReason|AlarmDescription}',
      fingerprint: '{AWSAccountId}/{Region}/{AlarmName}',
      status: ['NewStateValue'],
      over: ['ok'],
      fires: ['alarm'],
      ignored: ['insufficient_data'],
      severity: ['Priority'],
    }),
  ],
  'google-cloud': [
    preset({
      title: '{incident.policy_name|incident.condition_name}: {incident.resource_name|incident.resource_display_name}',
      text: '{incident.summary}',
      fingerprint: '{incident.incident_id}',
      host: ['incident.resource_name', 'incident.resource_display_name'],
      link: ['incident.url'],
      severity: ['incident.severity', 'incident.metadata.system_labels.severity'],
      status: ['incident.state'],
    }),
  ],
  pingdom: [
    preset({
      title: '{check_name}: {description}',
      text: '{long_description|description}',
      fingerprint: '{check_id}',
      host: ['check_params.hostname'],
      link: ['check_params.full_url'],
      severity: ['importance_level'],
      status: ['current_state'],
      over: ['up', 'success'],
    }),
  ],
  pagerduty: [
    preset({
      title: '{event.data.title|event.data.summary}',
      text: '{event.data.service.summary}',
      fingerprint: '{event.data.id}',
      link: ['event.data.html_url'],
      severity: ['event.data.priority.summary', 'event.data.urgency'],
      status: ['event.event_type'],
      over: ['incident.resolved'],
      fires: ['incident.triggered', 'incident.reopened', 'incident.escalated'],
    }),
    // version 1 and 2
    preset({
      each: 'messages',
      title: '{data.incident.trigger_summary_data.subject|incident.title|data.incident.incident_key}',
      text: '{data.incident.service.name|incident.service.name}',
      fingerprint: '{data.incident.id|incident.id}',
      link: ['data.incident.html_url', 'incident.html_url'],
      at: ['created_on'],
      severity: ['incident.urgency'],
      status: ['type', 'event'],
      over: ['incident.resolve'],
      fires: ['incident.trigger', 'incident.unacknowledge', 'incident.escalate'],
    }),
  ],
  graylog: [
    preset({
      title: '{event_definition_title|event.message}',
      text: '{event_definition_description|event.message}',
      fingerprint: '{event_definition_id}/{event.key}',
      host: ['event.fields.source', 'event.source'],
      at: ['event.timestamp'],
      severity: ['event.priority'],
      labels: 'event.fields',
    }),
    preset({
      title: '{stream.title}',
      text: '{check_result.result_description}',
      fingerprint: '{stream.id|check_result.triggered_condition.id}',
      host: ['check_result.matching_messages.0.source'],
      status: ['check_result.triggered'],
      over: ['false'],
    }),
  ],
  librenms: [
    preset({
      title: '{title|name}',
      text: '{msg|string}',
      fingerprint: '{device_id}/{rule_id|rule}',
      host: ['sysName', 'hostname', 'ip'],
      severity: ['severity'],
      status: ['state'],
      over: ['0', 'ok'],
    }),
  ],
  vrealize: [
    preset({
      title: '{alertName|info|subType}: {resourceName}',
      text: '{info}',
      fingerprint: '{alertId}',
      host: ['resourceName'],
      severity: ['criticality'],
      status: ['status'],
      over: ['canceled', 'cancelled', 'inactive'],
    }),
  ],
  datadog: [
    preset({
      title: '{title|event_title}',
      text: '{message|body|text_only_msg}',
      fingerprint: '{aggreg_key|alert_id|monitor_id|id}/{scopes|alert_scope|host}',
      host: ['host', 'hostname', 'scopes.0'],
      link: ['link', 'url'],
      severity: ['priority', 'alert_priority', 'alert_type'],
      status: ['alert_transition', 'transition', 'alert_type'],
      over: ['recovered', 'success', 'ok'],
    }),
  ],
  sentry: [
    preset({
      title: '{data.event.title|data.issue.title|message|event.title}',
      text: '{data.event.culprit|data.issue.culprit|culprit}',
      fingerprint: '{data.issue.id|data.event.issue_id|id}',
      link: ['data.event.web_url', 'data.issue.web_url', 'url'],
      severity: ['data.event.level', 'data.issue.level', 'level'],
      status: ['action'],
      fires: ['triggered', 'created', 'critical', 'warning', 'unresolved'],
      ignored: ['assigned', 'archived', 'ignored', 'deleted'],
    }),
  ],
  checkly: [
    preset({
      title: '{check_name}',
      text: '{event} {check_error_message}',
      fingerprint: '{check_id}',
      link: ['link'],
      at: ['started_at'],
      status: ['alert_type'],
      over: ['alert_recovery', 'alert_degraded_recovery'],
      fires: ['alert_failure', 'alert_degraded'],
    }),
  ],
  wazuh: [
    preset({
      title: '{message|rule.description}',
      text: '{description|full_log}',
      fingerprint: '{rule.id|message}/{agent.id|agent.name}',
      host: ['agent.name', 'agent.ip'],
      at: ['created_at', 'timestamp'],
      severity: ['severity', 'rule.level'],
    }),
  ],
}
