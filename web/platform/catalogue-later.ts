import assets from '../../contract/messages/en/web-assets.json' with { type: 'json' }
import attestations from '../../contract/messages/en/web-attestations.json' with { type: 'json' }
import audits from '../../contract/messages/en/web-asset-audits.json' with { type: 'json' }
import custody from '../../contract/messages/en/web-custody.json' with { type: 'json' }
import discovery from '../../contract/messages/en/web-discovery.json' with { type: 'json' }
import catalogue from '../../contract/messages/en/web-catalogue.json' with { type: 'json' }
import automation from '../../contract/messages/en/web-automation.json' with { type: 'json' }
import calendars from '../../contract/messages/en/web-calendars.json' with { type: 'json' }
import events from '../../contract/messages/en/web-events.json' with { type: 'json' }
import imports from '../../contract/messages/en/web-imports.json' with { type: 'json' }
import mail from '../../contract/messages/en/web-mail.json' with { type: 'json' }
import majorIncidents from '../../contract/messages/en/web-major-incidents.json' with { type: 'json' }
import mailboxes from '../../contract/messages/en/web-mailboxes.json' with { type: 'json' }
import monitoring from '../../contract/messages/en/web-monitoring.json' with { type: 'json' }
import onCall from '../../contract/messages/en/web-on-call.json' with { type: 'json' }
import people from '../../contract/messages/en/web-people.json' with { type: 'json' }
import portal from '../../contract/messages/en/web-portal.json' with { type: 'json' }
import reconciliation from '../../contract/messages/en/web-reconciliation.json' with { type: 'json' }
import reports from '../../contract/messages/en/web-reports.json' with { type: 'json' }
import savedViews from '../../contract/messages/en/web-saved-views.json' with { type: 'json' }
import bulkEdits from '../../contract/messages/en/web-bulk-edits.json' with { type: 'json' }
import serviceLevels from '../../contract/messages/en/web-service-levels.json' with { type: 'json' }
import settings from '../../contract/messages/en/web-settings.json' with { type: 'json' }
import system from '../../contract/messages/en/web-system.json' with { type: 'json' }
import ticketItems from '../../contract/messages/en/web-ticket-items.json' with { type: 'json' }
import ticketRelations from '../../contract/messages/en/web-ticket-relations.json' with { type: 'json' }
import time from '../../contract/messages/en/web-time.json' with { type: 'json' }
import timeRules from '../../contract/messages/en/time-entries.json' with { type: 'json' }
import vendors from '../../contract/messages/en/web-vendors.json' with { type: 'json' }
import webhooks from '../../contract/messages/en/web-webhooks.json' with { type: 'json' }

/** The sentences of all other pages, fetched with the first of them. One file per area, keys unique over all of them. */
export const more = {
  ...assets,
  ...attestations,
  ...audits,
  ...custody,
  ...discovery,
  ...catalogue,
  ...automation,
  ...calendars,
  ...events,
  ...imports,
  ...mail,
  ...majorIncidents,
  ...mailboxes,
  ...monitoring,
  ...onCall,
  ...people,
  ...portal,
  ...reconciliation,
  ...reports,
  ...bulkEdits,
  ...savedViews,
  ...serviceLevels,
  ...settings,
  ...system,
  ...ticketItems,
  ...ticketRelations,
  ...time,
  ...timeRules,
  ...vendors,
  ...webhooks,
}
