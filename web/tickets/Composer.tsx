import { Button, SegmentedControl } from '@mantine/core'
import { IconEyeOff, IconMail } from '@tabler/icons-react'
import { useState } from 'react'
import { nothingTaken, type TimeTaken } from './time-taken.ts'
import { MacroActs, MacroPick } from './MacroPick.tsx'
import { tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { fileSize } from '../platform/moments.ts'
import { useMay } from '../platform/session.ts'
import { refusalNamed } from '../ui/ActionButton.tsx'
import { RichText } from '../ui/RichText.tsx'
import { saysNothing } from '../ui/RichTextView.tsx'
import { tellDone } from '../ui/told.ts'
import { later } from '../ui/later.tsx'
import classes from './Composer.module.css'
import { useKeptDraft } from './kept-draft.ts'
import { useTicketWrite } from './writing.tsx'

const TimeSpent = later(async () => (await import('./TimeSpent.tsx')).TimeSpent)

export type Voice = 'reply' | 'note'
interface Props {
  ticket: {
    id: string
    reference: string
    requester: { name: string } | null
    refusals?: Record<string, { code: string; sentence: string } | null> | undefined
  }
  voice: Voice
  onVoice: (voice: Voice) => void
  onDone: () => void
  onLeave: () => void
  /** Put into an empty draft: the beginning of a reminder. */
  begin?: string
}

/** Reply to everyone on the ticket, or a note for IT. Colour, words, icon and button all say which; drafts stay apart. */
export function Composer({ ticket, voice, onVoice, onDone, onLeave, begin }: Props) {
  const { draft, keep, drop, hold, isHere } = useKeptDraft(ticket.id, voice === 'reply')
  const [begun, setBegun] = useState(begin)
  const worker = useMay('tickets.work')
  const [picking, pick] = useState(false)
  // a new editor takes the focus that the list of macros had: keys typed on would act on the page
  const [picks, countPick] = useState(0)
  const closePick = (): void => {
    pick(false)
    countPick((n) => n + 1)
  }
  const macro = draft.macro ?? null
  const [taken, setTaken] = useState<{ for: string; time: TimeTaken } | null>(null)
  const time = taken?.for === ticket.id ? taken.time : nothingTaken
  const { write, dialog, busy } = useTicketWrite()
  const refusal = refusalNamed(ticket.refusals, voice)
  const shown = draft.body === '' && begun !== undefined ? { ...draft, body: begun } : draft
  const nothingToSend = saysNothing(shown.body) && (macro === null || macro.acts.length === 0)
  const send = async (): Promise<void> => {
    if (nothingToSend || busy || !time.isFit) return
    await hold()
    const inline = shown.files.map((file) => file.id)
    const answer = await write(tickets.addNote, {
      id: ticket.id,
      public: voice === 'reply',
      body: shown.body,
      attachments: inline,
      ...(macro === null ? {} : { macro }),
      ...(time.duration === '' ? {} : { time: { duration: time.duration, billable: time.billable } }),
    })
    if (answer === null) return
    drop()
    setTaken(null)
    setBegun(undefined)
    tellDone(t(voice === 'reply' ? 'composer.sentReply' : 'composer.savedNote', { reference: ticket.reference }))
    onDone()
  }
  const label =
    voice === 'note'
      ? t('composer.noteLabel')
      : ticket.requester === null
        ? t('composer.replyLabel')
        : t('composer.replyTo', { name: ticket.requester.name })
  return (
    <section className={classes['composer']} data-voice={voice} aria-label={label}>
      <div className={classes['head']}>
        {worker ? (
          <SegmentedControl
            size="xs"
            aria-label={t('composer.voice')}
            value={voice}
            onChange={(next) => onVoice(next)}
            data={[
              { value: 'reply', label: t('composer.reply') },
              { value: 'note', label: t('composer.note') },
            ]}
          />
        ) : null}
        <span className={classes['who']}>
          {voice === 'note' ? <IconEyeOff size={14} aria-hidden /> : <IconMail size={14} aria-hidden />}
          {label}
        </span>
        {worker && !picking && (
          <Button size="compact-xs" variant="default" onClick={() => pick(true)} rightSection={<kbd>/</kbd>}>
            {t('macros.pick')}
          </Button>
        )}
      </div>
      {picking && (
        <MacroPick
          ticket={ticket.id}
          isPublic={voice === 'reply'}
          onClose={closePick}
          onPick={({ macro: found, body }) => {
            closePick()
            setBegun(undefined)
            keep({
              ...shown,
              body: saysNothing(shown.body) ? body : shown.body + body,
              macro: { id: found.id, version: found.version, acts: found.effects.map((_, place) => place) },
            })
          }}
        />
      )}
      <RichText
        key={`${ticket.id}:${voice}:${picks}`}
        label={label}
        value={shown.body}
        onChange={(body) => {
          setBegun(undefined)
          keep({ ...shown, body })
        }}
        onFile={(file) =>
          keep({ ...shown, files: [...shown.files, { id: file.id, name: file.name, size: file.size }] })
        }
        onSubmit={() => void send()}
        onLeave={onLeave}
        onSlash={worker ? () => pick(true) : undefined}
        autoFocus
      />
      {macro !== null && (
        <MacroActs ticket={ticket.id} use={macro} onChange={(next) => keep({ ...shown, macro: next })} />
      )}
      {shown.files.length > 0 && (
        <ul className={classes['files']}>
          {shown.files.map((file) => (
            <li key={file.id}>
              {file.name} <span className="soft">{fileSize(file.size)}</span>{' '}
              <button
                type="button"
                onClick={() => keep({ ...shown, files: shown.files.filter((other) => other.id !== file.id) })}
              >
                {t('composer.removeFile')}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className={classes['foot']}>
        <span className="label">{refusal ?? t(isHere ? 'composer.keptHere' : 'composer.kept')}</span>
        {worker && refusalNamed(ticket.refusals, 'note') === null && (
          <TimeSpent
            value={time}
            onChange={(next) => setTaken({ for: ticket.id, time: next })}
            onSubmit={() => void send()}
          />
        )}
        <Button variant="default" onClick={onLeave}>
          {t('composer.later')}
        </Button>
        <Button
          loading={busy}
          disabled={nothingToSend || refusal !== null || !time.isFit}
          onClick={() => void send()}
          color={voice === 'note' ? 'yellow.8' : 'petrol'}
          autoContrast
        >
          {t(voice === 'reply' ? 'composer.send' : 'composer.save')}
        </Button>
      </div>
      {dialog}
    </section>
  )
}
