import { Button, Textarea } from '@mantine/core'
import { useState } from 'react'
import { onCall, type Schedule } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { useAct, useAskPages } from '../platform/query.ts'
import { paragraphs } from '../platform/plain-text.ts'
import { useRefusal } from '../ui/ActionButton.tsx'
import { AskedPages } from '../ui/AskedPages.tsx'
import { Section } from '../ui/Facts.tsx'
import { Form } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import { RichTextView } from '../ui/RichTextView.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './OnCall.module.css'

/** What one shift tells the next, newest first. */
export function HandoverNotes({ schedule }: { schedule: Schedule }) {
  const notes = useAskPages(onCall.notes, { id: schedule.id, limit: 20 })
  const [body, setBody] = useState('')
  const refusal = useRefusal(onCall.writeNote, schedule.refusals)
  const write = useAct(onCall.writeNote, { onDone: () => setBody('') })
  const read = useAct(onCall.readNote)
  return (
    <Section title={t('onCall.notes')}>
      {refusal === null && (
        <Form
          onSubmit={() => write.mutate({ id: schedule.id, body: paragraphs(body) })}
          verb={t('onCall.writeNote')}
          busy={write.isPending}
          error={write.error}
          disabled={body.trim() === ''}
        >
          <Textarea
            label={t('onCall.note')}
            description={t('onCall.noteHelp')}
            autosize
            minRows={2}
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
        </Form>
      )}
      <AskedPages of={notes} empty={t('onCall.noNotes')} more={t('onCall.olderNotes')}>
        {(items) => (
          <ul className={classes['notes']} style={{ marginTop: 14 }}>
            {items.map((note) => (
              <li key={note.id} className={classes['note']}>
                <div className={classes['noteHead']}>
                  <b style={{ fontWeight: 500 }}>{note.by}</b>
                  <span className="soft">
                    <Moment at={note.at} />
                  </span>
                  {note.readBy === null ? (
                    refusal === null && (
                      <Button
                        size="compact-xs"
                        variant="default"
                        onClick={() => read.mutate({ id: schedule.id, note: note.id }, { onError: tellFailed })}
                      >
                        {t('onCall.read')}
                        <span className="unseen"> {note.by}</span>
                      </Button>
                    )
                  ) : (
                    <span className="soft">{t('onCall.readBy', { name: note.readBy })}</span>
                  )}
                </div>
                <RichTextView html={note.body} />
              </li>
            ))}
          </ul>
        )}
      </AskedPages>
    </Section>
  )
}
