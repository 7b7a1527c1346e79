import { Button } from '@mantine/core'
import { useState } from 'react'
import { timeEntries } from '../../contract/time-entries.ts'
import { ApiError } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { exactSpan } from '../platform/moments.ts'
import { useAskPages } from '../platform/query.ts'
import { AskedPages } from '../ui/AskedPages.tsx'
import { TimeDialog } from './TimeDialog.tsx'
import { TimeLines } from './TimeLines.tsx'
import pageClasses from './TicketPage.module.css'

/** Time spent on a ticket: the sum, the last entries, and the way to enter more. Nothing for whoever merely asked for it. */
export function TicketTime({ ticket }: { ticket: string }) {
  const asked = useAskPages(timeEntries.ofTicket, { id: ticket, limit: 5 })
  const [adding, add] = useState(false)
  const { first } = asked
  if (asked.error instanceof ApiError && asked.error.code === 'time.for-it') return null
  return (
    <section className={pageClasses['section']}>
      <h2>
        {t('time.title')}
        {first?.refusals?.['add'] === null && (
          <Button size="compact-xs" variant="subtle" onClick={() => add(true)}>
            {t('time.enter')}
          </Button>
        )}
      </h2>
      <AskedPages of={asked} empty={t('time.none')}>
        {(items) => (
          <>
            <p style={{ margin: '0 0 8px' }}>
              {t('time.sum', {
                time: exactSpan(first?.sum.seconds ?? 0),
                billable:
                  first === undefined || first.sum.billableSeconds === 0
                    ? 'none'
                    : exactSpan(first.sum.billableSeconds),
              })}
            </p>
            <TimeLines entries={items} of={ticket} />
          </>
        )}
      </AskedPages>
      {adding && first !== undefined && (
        <TimeDialog on={{ ticket, billedTo: first.billedTo, others: first.others }} onClose={() => add(false)} />
      )}
    </section>
  )
}
