import { approvalEstate } from './approvals/public.ts'
import { commitmentEstate } from './commitments/public.ts'
import { incidentEstate } from './major-incidents/public.ts'
import type { Estate } from './people/public.ts'
import { viewEstate } from './saved-views/public.ts'
import { taskEstate, ticketEstate } from './tickets/public.ts'

/** All that somebody can own: what a leaver hands over, and what keeps a person of an imported list from becoming inactive. */
export const estates: readonly Estate[] = [
  ticketEstate,
  taskEstate,
  commitmentEstate,
  approvalEstate,
  incidentEstate,
  viewEstate,
]
