import { ActionIcon } from '@mantine/core'
import { IconArrowBackUp } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import classes from './TicketPage.module.css'
import { useTakeApart } from './use-take-apart.tsx'

/** The tickets that go on in this one. */
export function Gathered({ ticket }: { ticket: Ticket }) {
  const worker = useMay('tickets.work')
  const { takeApart, dialog, busy } = useTakeApart()
  if (ticket.gathered.length === 0) return null
  return (
    <section className={classes['section']}>
      <h2>{t('merge.gathered')}</h2>
      <ul className={classes['people']}>
        {ticket.gathered.map((one) => (
          <li key={one.id}>
            <span>
              <Link to={paths.ticket(one.reference)}>{one.reference}</Link> {one.title}{' '}
              {!one.direct && <span className="label">{t('merge.through')}</span>}
            </span>
            {worker && one.direct && (
              <ActionIcon
                size={24}
                disabled={busy}
                aria-label={t('merge.takeOut', { reference: one.reference })}
                onClick={() => void takeApart(one)}
              >
                <IconArrowBackUp size={13} aria-hidden />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {dialog}
    </section>
  )
}
