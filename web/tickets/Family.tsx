import { ActionIcon, Button, Group } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ticketParents } from '../../contract/ticket-parents.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { refusalNamed } from '../ui/ActionButton.tsx'
import { later } from '../ui/later.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import itemClasses from './TicketItems.module.css'
import classes from './TicketPage.module.css'
import { StateMark } from './words.tsx'
import { useTicketWrite } from './writing.tsx'

const BulkDialog = later(async () => (await import('./BulkDialog.tsx')).BulkDialog)
const most = 8

/** The ticket of which this one is a part, and those that are parts of it; what is said to all children is said once. */
export function Family({ ticket }: { ticket: Ticket }) {
  const worker = useMay('tickets.work')
  const mayChange = worker && refusalNamed(ticket.refusals, 'parent') === null
  const { write, dialog } = useTicketWrite()
  const { parent, children } = ticket
  if (parent === null && children.total === 0) return null
  return (
    <section className={classes['section']}>
      <h2>{t('family.title')}</h2>
      {parent !== null && (
        <ul className={classes['people']}>
          <li>
            <span>
              <span className="label">{t('family.childOf')}</span>{' '}
              <Link to={paths.ticket(parent.reference)}>{parent.reference}</Link> {parent.title}
            </span>
            {mayChange && (
              <ActionIcon
                size={24}
                aria-label={t('family.takeOut', { reference: parent.reference })}
                onClick={() => void write(ticketParents.set, { id: ticket.id, version: ticket.version, parent: null })}
              >
                <IconX size={13} />
              </ActionIcon>
            )}
          </li>
        </ul>
      )}
      {children.total > 0 && <Children ticket={ticket} />}
      {dialog}
    </section>
  )
}

/** The first children, those that are open before the others; all of them, and acts on all that are open, in the queue and by a bulk edit. */
function Children({ ticket }: { ticket: Ticket }) {
  const { reference, children } = ticket
  const worker = useMay('tickets.work')
  const asked = useAsk(tickets.list, { parent: reference, sort: 'due', limit: most })
  const [changing, change] = useState(false)
  const moreOpen = children.more && children.open === children.total
  return (
    <>
      <p className="label" style={{ margin: '4px 0' }}>
        {t('family.count', { ...children, more: String(children.more), moreOpen: String(moreOpen) })}
      </p>
      {asked.data === undefined ? (
        asked.error === null ? (
          <Loading rows={1} />
        ) : (
          <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <ul className={itemClasses['items']}>
          {asked.data.items.map((one) => (
            <li key={one.id}>
              <div>
                <Link to={paths.ticket(one.reference)}>{one.title}</Link>
                <p className="soft">
                  {one.reference} · <StateMark state={one.state} />
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Group gap={4}>
        <Button
          size="compact-xs"
          variant="subtle"
          component={Link}
          to={paths.ticketsOf({ view: 'all', parent: reference })}
        >
          {t('family.all', { n: children.total, more: String(children.more) })}
        </Button>
        {worker && children.open > 0 && (
          <Button size="compact-xs" variant="subtle" onClick={() => change(true)}>
            {t('family.answerAll', { n: children.open, more: String(moreOpen) })}
          </Button>
        )}
      </Group>
      {changing && (
        <BulkDialog
          which={{ filter: { parent: reference, open: true } }}
          n={count(children.open, moreOpen)}
          onClose={() => change(false)}
        />
      )}
    </>
  )
}
