import type { Action } from '../../contract/action.ts'
import { calendarArithmetic, calendars } from '../../contract/calendars.ts'
import { commitments } from '../../contract/commitments.ts'
import { events } from '../../contract/events.ts'
import { imports } from '../../contract/imports.ts'
import { notifications } from '../../contract/notifications.ts'
import { keys, mine, people, setup, teams } from '../../contract/people.ts'
import { serviceLevels } from '../../contract/service-levels.ts'
import { categories, queues, ticketSetup } from '../../contract/queues.ts'
import { tickets } from '../../contract/tickets.ts'
import { today } from '../../contract/today.ts'
import { vendors } from '../../contract/vendors.ts'

/** Every action a page may name in web/pages.ts. */
export const actions: readonly Action[] = [
  calendarArithmetic,
  calendars,
  commitments,
  events,
  imports,
  notifications,
  keys,
  mine,
  people,
  setup,
  teams,
  serviceLevels,
  categories,
  queues,
  ticketSetup,
  tickets,
  today,
  vendors,
].flatMap((group) => Object.values(group) as Action[])
