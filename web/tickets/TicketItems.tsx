import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ticketItems, type TicketItem } from '../../contract/ticket-items.ts'
import type { Ticket } from '../../contract/tickets.ts'
import { moneyWords, StateMark } from '../assets/words.tsx'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { later } from '../ui/later.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './TicketItems.module.css'
import pageClasses from './TicketPage.module.css'

const ItemDialog = later(async () => (await import('./ItemDialog.tsx')).ItemDialog)

/** What the ticket does with an asset, in words: planned or carried out. */
function taskWords(item: TicketItem, requester: string | null): string | null {
  if (item.task === 'affected') return moneyWords(item.cost)
  const to = item.to?.name ?? requester ?? t('ticketItems.nobody')
  const said = t(`ticketItems.${item.doneAt === null ? 'planned' : 'done'}.${item.task}`, { to })
  return [
    said,
    item.dueBackOn === null ? null : t('ticketItems.until', { day: plainDay(item.dueBackOn) }),
    moneyWords(item.cost),
  ]
    .filter(Boolean)
    .join(' · ')
}

function ItemName({ item, mayRead }: { item: TicketItem; mayRead: boolean }) {
  const words = [item.item.reference, item.item.name].filter(Boolean).join(' ')
  if (!mayRead) return <span>{words}</span>
  const to =
    item.kind === 'asset'
      ? paths.asset(item.item.reference)
      : item.kind === 'service'
        ? paths.services
        : paths.assetsOf({ location: item.item.id })
  return <Link to={to}>{words}</Link>
}

/** The devices, services and places a ticket is about, and what it does with them. */
export function TicketItems({ ticket }: { ticket: Ticket }) {
  const asked = useAsk(ticketItems.list, { id: ticket.id })
  const [open, setOpen] = useState<TicketItem | 'new' | null>(null)
  const worker = useMay('tickets.work') && ticket.refusals['assign'] === null
  const mayRead = useMay('assets.read')
  const unlink = useAct(ticketItems.unlink)
  const items = asked.data?.items ?? []
  if (items.length === 0 && !worker) return null
  return (
    <section className={pageClasses['section']}>
      <h2>
        {t('ticketItems.title')}
        {worker && (
          <Button size="compact-xs" variant="subtle" onClick={() => setOpen('new')}>
            {t('ticketItems.link')}
          </Button>
        )}
      </h2>
      {asked.error !== null && asked.data === undefined ? (
        <p className="soft">{t('ticketItems.failed')}</p>
      ) : items.length === 0 ? (
        <p className="soft">{t('ticketItems.none')}</p>
      ) : (
        <ul className={classes['items']}>
          {items.map((item) => (
            <li key={item.id}>
              <div>
                <ItemName item={item} mayRead={mayRead} /> {item.state !== null && <StateMark state={item.state} />}
                <TaskLine words={taskWords(item, ticket.requester?.name ?? null)} />
              </div>
              {item.kind === 'asset' && item.refusals['change'] === null && (
                <ActionIcon
                  size={24}
                  aria-label={t('ticketItems.edit', { what: item.item.reference })}
                  onClick={() => setOpen(item)}
                >
                  <IconPencil size={13} />
                </ActionIcon>
              )}
              {item.refusals['unlink'] === null && (
                <ActionIcon
                  size={24}
                  aria-label={t('ticketItems.unlink', { what: item.item.reference })}
                  onClick={() => unlink.mutate({ id: ticket.id, link: item.id }, { onError: tellFailed })}
                >
                  <IconX size={13} />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      {open !== null && (
        <ItemDialog
          key={open === 'new' ? 'new' : open.id}
          ticket={ticket}
          item={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  )
}

const TaskLine = ({ words }: { words: string | null }) => (words === null ? null : <p className="soft">{words}</p>)
