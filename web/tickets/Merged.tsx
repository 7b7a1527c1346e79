import { Button } from '@mantine/core'
import { IconArrowMerge } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { refusalNamed } from '../ui/ActionButton.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './TicketPage.module.css'
import { useTakeApart } from './use-take-apart.tsx'

/** Above the conversation of a merged ticket: where it goes on, and the way back. */
export function Merged({ ticket, merged }: { ticket: Ticket; merged: NonNullable<Ticket['merged']> }) {
  const worker = useMay('tickets.work')
  const { takeApart, dialog, busy } = useTakeApart()
  return (
    <div className={classes['merged']} role="note">
      <IconArrowMerge size={16} aria-hidden />
      <span className={classes['mergedWords']}>
        {merged.into === null ? (
          t('merge.goesOnElsewhere')
        ) : (
          <>
            {t('merge.goesOn')} <Link to={paths.ticket(merged.into.name)}>{merged.into.name}</Link>
          </>
        )}{' '}
        <span className="label">
          {t('merge.mergedBy', { name: merged.by })} <Moment at={merged.at} />
        </span>
      </span>
      {worker && refusalNamed(ticket.refusals, 'takeApart') === null && (
        <Button size="compact-sm" variant="default" loading={busy} onClick={() => void takeApart(ticket)}>
          {t('merge.takeApart')}
        </Button>
      )}
      {dialog}
    </div>
  )
}
