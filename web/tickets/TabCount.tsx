import { useInViewport } from '@mantine/hooks'
import { tickets } from '../../contract/tickets.ts'
import { count } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import type { TicketFilter } from './views.ts'

const everyMs = 60_000

/** How many tickets a tab holds: asked while the tab is in sight, and never counted beyond a thousand. */
export function TabCount({ filter }: { filter: TicketFilter }) {
  const { ref, inViewport } = useInViewport()
  const asked = useAsk(
    tickets.list,
    { ...filter, limit: 1, count: 'capped' },
    { enabled: inViewport, every: inViewport && everyMs },
  )
  return (
    <span ref={ref} className="figures">
      {asked.data?.total === undefined ? '' : count(asked.data.total, asked.data.totalCapped)}
    </span>
  )
}
