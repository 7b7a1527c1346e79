/** The door of this capability: what the lenses above and main.ts may use. */
export { ensureDefaultQueue, queuesOfTeams } from './queues-store.ts'
export { tellPeople } from './reactions.ts'
export { ticketRoutes } from './routes.ts'
export { queuesServed, ticketEstate, ticketSubject } from './subject.ts'
export { shownRow } from './shown-ticket.ts'
export { ticketSettings } from './settings.ts'
export { findTickets, type ListedTicket, ticketsById } from './tickets-list.ts'
export { visibleTicket } from './visibility.ts'
