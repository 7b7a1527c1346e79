import { Button, Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Sent } from '../../contract/action.ts'
import type { Ask, AttestedItem, attestations } from '../../contract/attestations.ts'
import { t } from '../platform/i18n.ts'
import { FailureNote } from '../ui/Form.tsx'
import { tellDone } from '../ui/told.ts'
import classes from './Attestations.module.css'

type Said = Omit<Sent<typeof attestations.answer>, 'id'>

interface Props {
  ask: Ask
  busy: boolean
  error: unknown
  onSay: (said: Said, then?: () => void) => void
}

/** Every thing with its two answers, what is missing in the list, and the end of it. Each answer is saved as it is given. */
export function AskList({ ask, busy, error, onSay }: Props) {
  const [gap, setGap] = useState('')
  const things = ask.items.filter((item) => item.answer !== 'gap')
  const gaps = ask.items.filter((item) => item.answer === 'gap')
  const open = things.filter((item) => item.held && item.answer === null).length
  const mayAnswer = ask.refusals['answer'] === null
  return (
    <div>
      <p role="status" className="soft">
        {t('myCheck.progress', { answered: things.length - open, n: things.length })}
        {ask.doneAt !== null && <> {t('myCheck.doneAt')}</>}
      </p>
      <ul className={classes['asks']}>
        {things.map((item) => (
          <Thing
            key={item.id}
            item={item}
            busy={busy}
            may={mayAnswer && item.remedy === null}
            onAnswer={(answer, note) => onSay({ answers: [{ item: item.id, answer, note }] })}
          />
        ))}
        {gaps.map((item) => (
          <li key={item.id}>
            <span>{item.note}</span>
            <span className="soft">
              {item.remedy === null
                ? t('attestation.says.gap')
                : t('myCheck.settled', { how: t(`attestation.did.${item.remedy}`) })}
            </span>
          </li>
        ))}
      </ul>
      {mayAnswer && (
        <>
          <form
            className={classes['gap']}
            onSubmit={(event) => {
              event.preventDefault()
              const note = gap.trim()
              if (note.length < 3 || busy) return
              onSay({ gaps: [{ id: crypto.randomUUID(), note }] }, () => {
                setGap('')
                tellDone(t('myCheck.gapAdded'))
              })
            }}
          >
            <TextInput
              label={t('myCheck.gapTitle')}
              description={t('myCheck.gapHelp')}
              maxLength={500}
              value={gap}
              onChange={(event) => setGap(event.currentTarget.value)}
            />
            <Button mt="xs" type="submit" variant="default" disabled={busy || gap.trim().length < 3}>
              {t('myCheck.gapAdd')}
            </Button>
          </form>
          <FailureNote error={error} />
          {ask.doneAt === null && (
            <Button
              mt="md"
              size="md"
              loading={busy}
              disabled={open > 0}
              onClick={() => onSay({ done: true }, () => tellDone(t('myCheck.finished')))}
            >
              {t('myCheck.finish')}
            </Button>
          )}
        </>
      )}
    </div>
  )
}

function Thing({
  item,
  may,
  busy,
  onAnswer,
}: {
  item: AttestedItem
  may: boolean
  busy: boolean
  onAnswer: (answer: 'mine' | 'not_mine', note: string) => void
}) {
  const [asking, ask] = useState(false)
  const [note, setNote] = useState(item.note)
  const name = `${item.asset?.tag ?? ''} ${item.asset?.name ?? ''}`.trim()
  return (
    <li data-answer={item.answer ?? 'none'}>
      <span>
        <b style={{ fontWeight: 500 }}>{item.asset?.tag}</b> {item.asset?.name}
        {item.answer === 'not_mine' && <span className="soft"> {item.note}</span>}
      </span>
      {item.remedy !== null ? (
        <span className="soft">{t('myCheck.settled', { how: t(`attestation.did.${item.remedy}`) })}</span>
      ) : !item.held && item.answer === null ? (
        <span className="soft">{t('myCheck.gone')}</span>
      ) : may ? (
        <Group gap="xs">
          <Button
            variant={item.answer === 'mine' ? 'filled' : 'default'}
            aria-pressed={item.answer === 'mine'}
            disabled={busy}
            onClick={() => {
              ask(false)
              onAnswer('mine', '')
            }}
          >
            {t('myCheck.mine')}
            <span className="unseen"> {name}</span>
          </Button>
          <Button
            variant={item.answer === 'not_mine' ? 'filled' : 'default'}
            aria-pressed={item.answer === 'not_mine'}
            aria-expanded={asking}
            disabled={busy}
            onClick={() => ask(true)}
          >
            {t('myCheck.notMine')}
            <span className="unseen"> {name}</span>
          </Button>
        </Group>
      ) : (
        <span className="soft">{item.answer === null ? '' : t(`attestation.says.${item.answer}`)}</span>
      )}
      {asking && may && (
        <form
          className={classes['where']}
          onSubmit={(event) => {
            event.preventDefault()
            if (note.trim().length < 3) return
            onAnswer('not_mine', note.trim())
            ask(false)
          }}
        >
          <TextInput
            label={t('myCheck.where')}
            required
            data-autofocus
            autoFocus
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button mt="xs" type="submit" disabled={busy || note.trim().length < 3}>
            {t('save')}
            <span className="unseen"> {name}</span>
          </Button>
        </form>
      )}
    </li>
  )
}
