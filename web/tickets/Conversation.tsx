import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconEyeOff, IconFile, IconMail } from '@tabler/icons-react'
import { useMemo } from 'react'
import type { Ticket, TimelineEntry } from '../../contract/tickets.ts'
import { fileAddress } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { fileSize } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useMay } from '../platform/session.ts'
import { Initials } from '../ui/Initials.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RichTextView, saysNothing } from '../ui/RichTextView.tsx'
import { ErrorView, Loading } from '../ui/StateViews.tsx'
import classes from './Conversation.module.css'

interface Timeline {
  data: { pages: { items: TimelineEntry[] }[] } | undefined
  error: unknown
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
  refetch: () => unknown
}
type Block = { note: TimelineEntry } | { events: TimelineEntry[] }

/** Neighbouring events become one group, so that messages stay in sight. */
function blocksOf(entries: TimelineEntry[]): Block[] {
  const blocks: Block[] = []
  for (const entry of entries) {
    const last = blocks.at(-1)
    if (entry.kind === 'note') blocks.push({ note: entry })
    else if (last !== undefined && 'events' in last) last.events.push(entry)
    else blocks.push({ events: [entry] })
  }
  return blocks
}

/** Everything that was said and done, oldest first: description, replies, notes, events between them in grey. */
export function Conversation({ ticket, timeline }: { ticket: Ticket; timeline: Timeline }) {
  const blocks = useMemo(
    () => blocksOf([...(timeline.data?.pages ?? [])].reverse().flatMap((page) => page.items)),
    [timeline.data],
  )
  return (
    <div className={classes['conversation']}>
      <article className={classes['message']} data-voice="reply" aria-label={t('conversation.description')}>
        <header className={classes['head']}>
          <Initials name={ticket.requester?.name ?? ticket.openedBy?.name ?? '?'} />
          <b>{ticket.requester?.name ?? ticket.openedBy?.name ?? t('conversation.somebody')}</b>
          <span className="soft">
            <Moment at={ticket.createdAt} as="nearby" />
          </span>
          <ByMail mail={ticket.mail} />
        </header>
        <Words html={ticket.description} of={ticket.id} />
        <Folded html={ticket.folded} of={ticket.id} />
        <Files files={ticket.attachments} />
      </article>
      {timeline.hasNextPage && (
        <Button variant="subtle" loading={timeline.isFetchingNextPage} onClick={() => timeline.fetchNextPage()}>
          {t('conversation.earlier')}
        </Button>
      )}
      {timeline.data === undefined &&
        (timeline.error !== null ? (
          <ErrorView error={timeline.error} onRetry={() => timeline.refetch()} />
        ) : (
          <Loading rows={4} />
        ))}
      {blocks.map((block) =>
        'note' in block ? (
          <Message key={block.note.id} entry={block.note} />
        ) : (
          <Events key={block.events[0]?.id} events={block.events} />
        ),
      )}
    </div>
  )
}

function Message({ entry }: { entry: TimelineEntry }) {
  const note = entry.note
  if (note === null) return null
  return (
    <article
      className={classes['message']}
      data-voice={note.public ? 'reply' : 'note'}
      aria-label={t(note.public ? 'conversation.reply' : 'conversation.note', { name: entry.by.name })}
    >
      <header className={classes['head']}>
        <Initials name={entry.by.name} />
        <b>{entry.by.name}</b>
        <span className="soft">
          <Moment at={entry.at} as="nearby" />
        </span>
        <ByMail mail={note.mail} />
        {note.from !== null && (
          <Link to={paths.ticket(note.from)} className="soft">
            {t('merge.saidOn', { reference: note.from })}
          </Link>
        )}
        {!note.public && (
          <span className={classes['internal']}>
            <IconEyeOff size={13} aria-hidden />
            {t('conversation.internal')}
          </span>
        )}
      </header>
      {/* a note without words has files; without either it is the description of a merged ticket */}
      {note.attachments.length > 0 ? (
        <RichTextView html={note.body} of={entry.id} />
      ) : (
        <Words html={note.body} of={entry.id} />
      )}
      <Folded html={note.folded} of={entry.id} />
      <Files files={note.attachments} />
    </article>
  )
}

/** A description, or that there is none. */
const Words = ({ html, of }: { html: string; of: string }) =>
  saysNothing(html) ? (
    <p className="soft" style={{ margin: 0 }}>
      {t('conversation.noDescription')}
    </p>
  ) : (
    <RichTextView html={html} of={of} />
  )

/** That it came by mail, from where, and what the sender is to the ticket; the message itself for whoever works on tickets. */
function ByMail({ mail }: { mail: Ticket['mail'] }) {
  const mayOpen = useMay('tickets.work')
  if (mail === null) return null
  return (
    <span className={classes['mail']}>
      <IconMail size={13} aria-hidden />
      <span title={mail.from.address}>{t('conversation.byMail')}</span>
      {mail.standing !== 'participant' && <b>{t(`conversation.${mail.standing}`)}</b>}
      {mayOpen && <Link to={paths.incomingMail(mail.id)}>{t('conversation.original')}</Link>}
    </span>
  )
}

/** Quoted text and signature of a mail: there for whoever asks. */
const Folded = ({ html, of }: { html: string | null; of: string }) =>
  html === null || saysNothing(html) ? null : (
    <details className={classes['folded']}>
      <summary>{t('conversation.folded')}</summary>
      <RichTextView html={html} of={of} />
    </details>
  )

const Files = ({ files }: { files: Ticket['attachments'] }) => {
  const listed = files.filter((file) => !file.inline)
  return listed.length === 0 ? null : (
    <ul className={classes['files']}>
      {listed.map((file) => (
        <li key={file.id}>
          <a href={fileAddress(file.id)} download={file.name}>
            <IconFile size={13} aria-hidden /> {file.name}
          </a>{' '}
          <span className="soft">{fileSize(file.size)}</span>
        </li>
      ))}
    </ul>
  )
}

/** What clocks do by themselves; whoever acted when it was noticed did not do it. */
const ofClocks = new Set(['commitment.breached', 'commitment.step-reached'])

/** Who did what, as one sentence. */
function said({ by, event }: TimelineEntry): string {
  if (event === null) return ''
  return by.kind === 'job' || ofClocks.has(event.type) ? event.sentence : `${by.name} ${event.sentence}`
}

const Line = ({ entry }: { entry: TimelineEntry }) => (
  <li className={classes['event']}>
    <span className={classes['did']}>{said(entry)}</span>{' '}
    <span className={classes['when']}>
      <Moment at={entry.at} as="nearby" />
    </span>
  </li>
)

function Events({ events }: { events: TimelineEntry[] }) {
  const last = events.at(-1)
  if (events.length <= 2 || last === undefined)
    return (
      <ul className={classes['events']}>
        {events.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ul>
    )
  return (
    <details className={classes['events']}>
      <summary className={classes['event']}>
        <span>{t('conversation.events', { n: events.length, last: said(last) })}</span>{' '}
        <span className={classes['when']}>
          <Moment at={last.at} as="nearby" />
        </span>
      </summary>
      <ul className={classes['inner']}>
        {events.map((entry) => (
          <Line key={entry.id} entry={entry} />
        ))}
      </ul>
    </details>
  )
}
