import { Button, Menu, ActionIcon } from '@mantine/core'
import { IconDots, IconEyeOff, IconMail, IconPencil } from '@tabler/icons-react'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { isDone, tickets, type Ticket } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { useKeys } from '../platform/keys.ts'
import { paths } from '../platform/paths.ts'
import { useAsk, useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { ActionButton, refusalNamed, refusalOf } from '../ui/ActionButton.tsx'
import { later } from '../ui/later.tsx'
import { Page } from '../ui/Page.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import { tellDone } from '../ui/told.ts'
import { useTicketActs } from './acts.tsx'
import { Composer, type Voice } from './Composer.tsx'
import { Conversation } from './Conversation.tsx'
import { EditTicket } from './EditTicket.tsx'
import classes from './TicketPage.module.css'
import { Merged } from './Merged.tsx'
import { useMyDrafts } from './my-drafts.ts'
import { TicketSide } from './TicketSide.tsx'

const FamilyChoice = later(async () => (await import('./FamilyChoice.tsx')).FamilyChoice)
const MergeDialog = later(async () => (await import('./MergeDialog.tsx')).MergeDialog)
const CallDialog = later(async () => (await import('../on-call/CallDialog.tsx')).CallDialog)
const crumbs = () => [{ title: t('queue.title'), to: paths.tickets }]

export default function TicketPage() {
  const { reference } = useParams({ strict: false }) as { reference: string }
  const asked = useAsk(tickets.show, { id: reference })
  const navigate = useNavigate()
  const canonical = asked.data?.reference
  useEffect(() => {
    if (canonical !== undefined && canonical !== reference)
      void navigate({ to: paths.ticket(canonical), replace: true })
  }, [canonical, reference, navigate])
  if (asked.data !== undefined) return <TicketView ticket={asked.data} />
  return (
    <Page title={reference} crumbs={crumbs()}>
      {asked.error === null ? <Loading /> : <ErrorView error={asked.error} onRetry={() => void asked.refetch()} />}
    </Page>
  )
}

function TicketView({ ticket }: { ticket: Ticket }) {
  const timeline = useAskPages(tickets.timeline, { id: ticket.reference, limit: 50 })
  const acts = useTicketActs()
  const worker = useMay('tickets.work')
  const [voice, setVoice] = useState<Voice | null>(null)
  const drafts = useMyDrafts().filter((one) => one.ticket.id === ticket.id)
  const [editing, edit] = useState(false)
  const mayCall = useMay('on-call.read')
  const [calling, call] = useState(false)
  const [merging, merge] = useState(false)
  const [joining, join] = useState<'parent' | 'child' | null>(null)
  const on = [ticket]
  const done = isDone(ticket.state)
  const scroller = useRef<HTMLDivElement>(null)
  const settled = timeline.data !== undefined
  /** The field that had the focus goes; what was said in it is read next. */
  const leave = (): void => {
    setVoice(null)
    scroller.current?.focus({ preventScroll: true })
  }
  useEffect(() => {
    scroller.current?.scrollTo(0, scroller.current.scrollHeight)
  }, [settled, ticket.id])

  /** A key that is refused says why, as its button does. */
  const unless = (why: string | null, run: () => void) => (): void => (why === null ? run() : tellDone(why))
  const refused = (action: Parameters<typeof refusalOf>[1]): string | null => refusalOf(ticket.refusals, action)
  const off = !worker
  useKeys(t('keys.ticket'), [
    {
      keys: 'r',
      label: t('composer.reply'),
      run: unless(refusalNamed(ticket.refusals, 'reply'), () => setVoice('reply')),
    },
    {
      keys: 'n',
      label: t('composer.note'),
      run: unless(refusalNamed(ticket.refusals, 'note'), () => setVoice('note')),
      off,
    },
    { keys: 'a', label: t('assign.title'), run: unless(refused(tickets.assign), () => acts.open('assign', on)), off },
    { keys: 'i', label: t('assign.me'), run: unless(refused(tickets.assign), () => void acts.assignToMe(on)), off },
    { keys: 's', label: t('stateChoice.title'), run: () => acts.open('state', on), off },
    {
      keys: 'p',
      label: t('priorityChoice.title'),
      run: unless(refused(tickets.edit), () => acts.open('priority', on)),
      off,
    },
    {
      keys: 'e',
      label: t(done ? 'close.verb' : 'resolve.verb'),
      run: done
        ? unless(refused(tickets.close), () => void acts.close(ticket))
        : unless(refused(tickets.resolve), () => acts.open('resolve', on)),
      off: off && !done,
    },
    {
      keys: 'o',
      label: t('reopen.verb'),
      run: unless(refused(tickets.reopen), () => void acts.reopen(ticket)),
      off: !done,
    },
  ])
  return (
    <Page
      title={`${ticket.reference} ${ticket.title}`}
      heading={
        <>
          <span className={classes['reference']}>{ticket.reference}</span> {ticket.title}
        </>
      }
      crumbs={crumbs()}
      shape="fill"
      actions={
        <>
          {worker && !done && (
            <ActionButton
              action={tickets.assign}
              refusals={ticket.refusals}
              variant="default"
              hotkey="a"
              onClick={() => acts.open('assign', on)}
            >
              {t('assign.verb')}
            </ActionButton>
          )}
          {worker && !done && (
            <ActionButton
              action={tickets.changeState}
              refusals={ticket.refusals}
              variant="default"
              hotkey="s"
              visibleFrom="sm"
              onClick={() => acts.open('state', on)}
            >
              {t('stateChoice.verb')}
            </ActionButton>
          )}
          {worker && !done && (
            <ActionButton
              action={tickets.resolve}
              refusals={ticket.refusals}
              hotkey="e"
              onClick={() => acts.open('resolve', on)}
            >
              {t('resolve.verb')}
            </ActionButton>
          )}
          {done && ticket.merged === null && (
            <ActionButton
              action={tickets.reopen}
              refusals={ticket.refusals}
              variant="default"
              hotkey="o"
              onClick={() => void acts.reopen(ticket)}
            >
              {t('reopen.verb')}
            </ActionButton>
          )}
          {ticket.state === 'resolved' && (
            <ActionButton
              action={tickets.close}
              refusals={ticket.refusals}
              hotkey="e"
              onClick={() => void acts.close(ticket)}
            >
              {t('close.verb')}
            </ActionButton>
          )}
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon aria-label={t('ticket.more')}>
                <IconDots size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown aria-label={t('ticket.more')}>
              <Menu.Item disabled={refused(tickets.edit) !== null} onClick={() => edit(true)}>
                {t('ticket.edit')}
              </Menu.Item>
              {worker && ticket.merged === null && (
                <Menu.Item disabled={refusalNamed(ticket.refusals, 'merge') !== null} onClick={() => merge(true)}>
                  {t('merge.into')}
                </Menu.Item>
              )}
              {worker && refusalNamed(ticket.refusals, 'parent') === null && (
                <>
                  <Menu.Item onClick={() => join('parent')}>
                    {t(ticket.parent === null ? 'family.setParent' : 'family.changeParent')}
                  </Menu.Item>
                  <Menu.Item onClick={() => join('child')}>{t('family.addChild')}</Menu.Item>
                  <Menu.Item component={Link} to={`${paths.newTicket}?parent=${ticket.reference}`}>
                    {t('family.openChild')}
                  </Menu.Item>
                </>
              )}
              {mayCall && ticket.merged === null && (
                <Menu.Item onClick={() => call(true)}>{t('ticket.call')}</Menu.Item>
              )}
              <Menu.Item
                onClick={() =>
                  void navigator.clipboard
                    .writeText(location.origin + paths.ticket(ticket.reference))
                    .then(() => tellDone(t('ticket.linkCopied')))
                }
              >
                {t('ticket.copyLink')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      {calling && (
        <CallDialog about={{ kind: 'ticket', id: ticket.id, name: ticket.reference }} onClose={() => call(false)} />
      )}
      <div className={classes['columns']}>
        <div className={classes['middle']}>
          {ticket.merged !== null && <Merged ticket={ticket} merged={ticket.merged} />}
          <div
            className={classes['scroll']}
            ref={scroller}
            tabIndex={0}
            role="region"
            aria-label={t('conversation.title')}
          >
            <Conversation ticket={ticket} timeline={timeline} />
          </div>
          {voice === null ? (
            ticket.merged === null && (
              <div className={classes['foot']}>
                <ActionButton
                  action={tickets.addNote}
                  refusals={ticket.refusals}
                  variant="default"
                  leftSection={<IconMail size={14} aria-hidden />}
                  hotkey="r"
                  onClick={() => setVoice('reply')}
                >
                  {t('composer.reply')}
                </ActionButton>
                {worker && (
                  <Button
                    variant="default"
                    className={classes['note'] ?? ''}
                    leftSection={<IconEyeOff size={14} aria-hidden />}
                    onClick={() => setVoice('note')}
                  >
                    {t('composer.note')}
                  </Button>
                )}
                {drafts.map((one) => (
                  <Button
                    key={String(one.public)}
                    variant="subtle"
                    leftSection={<IconPencil size={14} aria-hidden />}
                    onClick={() => setVoice(one.public ? 'reply' : 'note')}
                  >
                    {t(one.public ? 'drafts.goOnReply' : 'drafts.goOnNote')}
                  </Button>
                ))}
              </div>
            )
          ) : (
            <Composer
              ticket={ticket}
              voice={voice}
              onVoice={setVoice}
              onLeave={leave}
              onDone={() => {
                leave()
                void timeline.refetch().then(() => scroller.current?.scrollTo(0, scroller.current.scrollHeight))
              }}
            />
          )}
        </div>
        <TicketSide ticket={ticket} acts={acts} />
      </div>
      {joining !== null && <FamilyChoice ticket={ticket} which={joining} onClose={() => join(null)} />}
      {merging && <MergeDialog ticket={ticket} onClose={() => merge(false)} />}
      {editing && <EditTicket ticket={ticket} onClose={() => edit(false)} />}
      {acts.dialogs}
    </Page>
  )
}
