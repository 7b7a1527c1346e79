import { majorIncidents } from '../../contract/major-incidents.ts'
import type { MailOutlet } from '../mail/public.ts'
import { type Route, serve } from '../platform/mount.ts'
import { leadIncident } from './actions/lead-incident.ts'
import { listIncidents, listIncidentsOf, listLive, readNews } from './queries.ts'

/** The door of this capability. */
export { incidentEstate } from './estate.ts'
export { majorIncidentSubject } from './subject.ts'
export { incidentMail } from './tell.ts'
export { hasLiveIncident } from './incidents-store.ts'
export function majorIncidentRoutes(outlet: MailOutlet | null): Route[] {
  const act = leadIncident(outlet)
  return [
    serve(majorIncidents.live, listLive),
    serve(majorIncidents.read, readNews),
    serve(majorIncidents.list, listIncidents),
    serve(majorIncidents.of, listIncidentsOf),
    serve(majorIncidents.declare, act.declare),
    serve(majorIncidents.edit, act.edit),
    serve(majorIncidents.update, act.update),
    serve(majorIncidents.end, act.end),
    serve(majorIncidents.saveReport, act.saveReport),
  ]
}
