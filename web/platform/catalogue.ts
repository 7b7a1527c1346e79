import commitments from '../../contract/messages/en/web-commitments.json' with { type: 'json' }
import frame from '../../contract/messages/en/web-frame.json' with { type: 'json' }
import kit from '../../contract/messages/en/web-kit.json' with { type: 'json' }
import notifications from '../../contract/messages/en/web-notifications.json' with { type: 'json' }
import shared from '../../contract/messages/en/web-shared.json' with { type: 'json' }
import signIn from '../../contract/messages/en/web-sign-in.json' with { type: 'json' }
import tickets from '../../contract/messages/en/web-tickets.json' with { type: 'json' }
import today from '../../contract/messages/en/web-today.json' with { type: 'json' }
import type { more } from './catalogue-later.ts'

/** The sentences that sign-in, Today, the queue and the frame around every page need at once; the titles of all pages stand in web-frame.json, those that the portal shows too in web-shared.json. */
export const english = {
  ...commitments,
  ...frame,
  ...kit,
  ...notifications,
  ...shared,
  ...signIn,
  ...tickets,
  ...today,
}
/** A sentence that is there from the first moment. */
export type FirstKey = keyof typeof english
export type Key = FirstKey | keyof typeof more
