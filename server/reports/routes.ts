import { modelFailures } from '../../contract/model-failures.ts'
import { reports } from '../../contract/reports.ts'
import { type Route, serve } from '../platform/mount.ts'
import { listAsIfRuns, listAsIfTickets, startAsIf } from './actions/start-as-if.ts'
import { listModelFailures } from './queries/list-model-failures.ts'
import { reportPromises, reportTickets } from './queries/report-promises.ts'

export const reportRoutes: Route[] = [
  serve(reports.promises, reportPromises),
  serve(reports.tickets, reportTickets),
  serve(modelFailures.list, listModelFailures),
  serve(reports.asIf, startAsIf),
  serve(reports.asIfRuns, listAsIfRuns),
  serve(reports.asIfTickets, listAsIfTickets),
]
