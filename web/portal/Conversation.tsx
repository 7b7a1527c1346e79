import { useState } from 'react'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { fileAddress } from '../platform/client.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { useMe } from '../platform/session.ts'
import { RichTextView } from '../ui/RichTextView.tsx'
import { asHtml } from './as-html.ts'
import { Files, type Uploaded, useStoring } from './Files.tsx'
import { AskedPages, Failure, When } from './kit.tsx'

const Attached = ({ files }: { files: readonly { id: string; name: string; inline: boolean }[] }) => {
  const shown = files.filter((file) => !file.inline)
  return shown.length === 0 ? null : (
    <ul className="files">
      {shown.map((file) => (
        <li key={file.id}>
          <a href={fileAddress(file.id)} download>
            {file.name}
          </a>
        </li>
      ))}
    </ul>
  )
}

/** What was asked and answered, oldest first, and the place to answer. */
export function Conversation({ ticket }: { ticket: Ticket }) {
  const asked = useAskPages(tickets.timeline, { id: ticket.id })
  const oldestFirst = [...(asked.data?.pages ?? [])].reverse().flatMap((page) => page.items)
  const me = useMe()?.person?.id
  return (
    <section aria-label={t('portal.conversation')}>
      <h2>{t('portal.conversation')}</h2>
      {ticket.description !== '' && (
        <article className="note" data-own={ticket.requester?.id === me}>
          <p className="label">
            {ticket.requester?.name ?? ticket.openedBy?.name} · <When at={ticket.createdAt} />
          </p>
          <RichTextView html={ticket.description} />
          <Attached files={ticket.attachments} />
        </article>
      )}
      <AskedPages of={{ ...asked, items: oldestFirst }} empty={null} more={t('portal.earlier')} before>
        {(items) =>
          items.map((entry) =>
            entry.note !== null ? (
              <article key={entry.id} className="note" data-own={entry.by.id === me}>
                <p className="label">
                  {entry.by.name} · <When at={entry.at} />
                  {entry.note.from !== null && ` · ${entry.note.from}`}
                </p>
                <RichTextView html={entry.note.body} />
                <Attached files={entry.note.attachments} />
              </article>
            ) : (
              <p key={entry.id} className="event label">
                {entry.by.name} {entry.event?.sentence} · <When at={entry.at} />
              </p>
            ),
          )
        }
      </AskedPages>
      {ticket.refusals['reply'] === null && ticket.state !== 'closed' && <Answer id={ticket.id} />}
    </section>
  )
}

function Answer({ id }: { id: string }) {
  const [words, setWords, dropWords] = useDraft(`portal-answer:${id}`, '')
  const [files, setFiles] = useState<Uploaded[]>([])
  const [isStoring, onBusy] = useStoring()
  const act = useAct(tickets.addNote, {
    onDone: () => {
      dropWords()
      setFiles([])
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isStoring || (words.trim() === '' && files.length === 0)) return
        act.mutate({ id, public: true, body: asHtml(words) || '<p></p>', attachments: files.map((file) => file.id) })
      }}
    >
      <label>
        {t('portal.answer')}
        <textarea rows={3} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
      </label>
      <Files value={files} onChange={setFiles} onBusy={onBusy} />
      <Failure error={act.error} />
      <div className="verbs">
        <button
          type="submit"
          className="primary"
          disabled={act.isPending || isStoring || (words.trim() === '' && files.length === 0)}
        >
          {t('portal.send')}
        </button>
      </div>
    </form>
  )
}
