import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { assets } from '../../contract/assets.ts'
import { ticketItems } from '../../contract/ticket-items.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { StateMark as AssetState } from '../assets/words.tsx'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Moment } from '../ui/Moment.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './TicketItems.module.css'
import pageClasses from './TicketPage.module.css'
import { StateMark } from './words.tsx'

const most = 5

/** What the requester has, and asked before: whoever works the ticket need not look for it. */
export function AboutRequester({ ticket, requester }: { ticket: Ticket; requester: { id: string; name: string } }) {
  const mayRead = useMay('assets.read')
  const worker = ticket.refusals['assign'] === null
  const theirs = useAsk(assets.list, { holder: requester.id, limit: most + 1 }, { enabled: mayRead })
  const linked = useAsk(ticketItems.list, { id: ticket.id })
  const before = useAsk(tickets.list, { requester: requester.id, sort: '-created', limit: most + 1, count: 'capped' })
  const link = useAct(ticketItems.link)
  const devices = theirs.data?.items ?? []
  const others = (before.data?.items ?? []).filter((one) => one.id !== ticket.id).slice(0, most)
  const isLinked = (id: string): boolean => linked.data?.items.some((one) => one.item.id === id) ?? true
  return (
    <section className={pageClasses['section']}>
      <h2>{t('aboutRequester.title', { name: requester.name })}</h2>
      {mayRead && (
        <>
          {devices.length === 0 ? (
            theirs.data !== undefined && <p className="soft">{t('aboutRequester.noDevices')}</p>
          ) : (
            <ul className={classes['items']}>
              {devices.slice(0, most).map((row) => (
                <li key={row.id}>
                  <div>
                    <Link to={paths.asset(row.tag)}>
                      {[row.tag, row.name || row.model?.name].filter(Boolean).join(' ')}
                    </Link>{' '}
                    <AssetState state={row.state} />
                  </div>
                  {worker && !isLinked(row.id) && (
                    <Button
                      size="compact-xs"
                      variant="subtle"
                      onClick={() => link.mutate({ id: ticket.id, item: row.id }, { onError: tellFailed })}
                    >
                      {t('ticketItems.linkThis')}
                      <span className="unseen"> {row.tag}</span>
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
          {devices.length > most && (
            <p>
              <Link to={paths.assetsOf({ holder: requester.id })}>{t('aboutRequester.allDevices')}</Link>
            </p>
          )}
        </>
      )}
      {others.length === 0 ? (
        before.data !== undefined && <p className="soft">{t('aboutRequester.noTickets')}</p>
      ) : (
        <>
          <ul className={classes['items']} style={{ marginTop: 10 }}>
            {others.map((one) => (
              <li key={one.id}>
                <div>
                  <Link to={paths.ticket(one.reference)}>{one.title}</Link>
                  <p className="soft">
                    {one.reference} · <StateMark state={one.state} /> · <Moment at={one.createdAt} />
                  </p>
                </div>
              </li>
            ))}
          </ul>
          <p>
            <Link to={paths.ticketsOf({ view: 'all', requester: requester.id })}>
              {t('aboutRequester.allTickets', {
                n: before.data?.total ?? 0,
                more: String(before.data?.totalCapped ?? false),
              })}
            </Link>
          </p>
        </>
      )}
    </section>
  )
}
