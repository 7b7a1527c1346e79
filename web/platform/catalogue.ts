import custody from '../../contract/messages/en/web-custody.json' with { type: 'json' }
import discovery from '../../contract/messages/en/web-discovery.json' with { type: 'json' }
import assets from '../../contract/messages/en/web-assets.json' with { type: 'json' }
import calendars from '../../contract/messages/en/web-calendars.json' with { type: 'json' }
import commitments from '../../contract/messages/en/web-commitments.json' with { type: 'json' }
import events from '../../contract/messages/en/web-events.json' with { type: 'json' }
import frame from '../../contract/messages/en/web-frame.json' with { type: 'json' }
import imports from '../../contract/messages/en/web-imports.json' with { type: 'json' }
import kit from '../../contract/messages/en/web-kit.json' with { type: 'json' }
import mail from '../../contract/messages/en/web-mail.json' with { type: 'json' }
import notifications from '../../contract/messages/en/web-notifications.json' with { type: 'json' }
import onCall from '../../contract/messages/en/web-on-call.json' with { type: 'json' }
import people from '../../contract/messages/en/web-people.json' with { type: 'json' }
import serviceLevels from '../../contract/messages/en/web-service-levels.json' with { type: 'json' }
import settings from '../../contract/messages/en/web-settings.json' with { type: 'json' }
import signIn from '../../contract/messages/en/web-sign-in.json' with { type: 'json' }
import reports from '../../contract/messages/en/web-reports.json' with { type: 'json' }
import ticketItems from '../../contract/messages/en/web-ticket-items.json' with { type: 'json' }
import tickets from '../../contract/messages/en/web-tickets.json' with { type: 'json' }
import today from '../../contract/messages/en/web-today.json' with { type: 'json' }
import system from '../../contract/messages/en/web-system.json' with { type: 'json' }
import vendors from '../../contract/messages/en/web-vendors.json' with { type: 'json' }
import webhooks from '../../contract/messages/en/web-webhooks.json' with { type: 'json' }

/** The sentences of the browser, one file per area, keys unique over all of them. */
export const english = {
  ...assets,
  ...custody,
  ...discovery,
  ...calendars,
  ...commitments,
  ...events,
  ...frame,
  ...imports,
  ...kit,
  ...mail,
  ...notifications,
  ...onCall,
  ...people,
  ...serviceLevels,
  ...settings,
  ...signIn,
  ...reports,
  ...ticketItems,
  ...tickets,
  ...today,
  ...system,
  ...vendors,
  ...webhooks,
}
export type Key = keyof typeof english
