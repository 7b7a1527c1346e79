import { Button, Group, Modal } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Sent } from '../../contract/action.ts'
import { serviceLevels, type Preview, type PreviewedClock } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { count, exactSpan, nearby } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'
import { addressOfSubject } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from './Asked.tsx'
import { clockKind } from './ClockChip.tsx'
import { FailureNote } from './Form.tsx'
import classes from './WhatIf.module.css'

interface Props {
  title: string
  /** What is to be known besides. */
  help?: string | null
  verb: string
  /** The edit as it would be sent. */
  input: Sent<typeof serviceLevels.preview>
  busy: boolean
  error: unknown
  onConfirm: () => void
  onClose: () => void
}

/** What an edit would do to open clocks, before it is done: figures, the clocks by name, then the verb. */
export function WhatIfDialog({ title, help = null, verb, input, busy, error, onConfirm, onClose }: Props) {
  const asked = useAsk(serviceLevels.preview, input)
  return (
    <Modal opened onClose={onClose} title={title} size={860}>
      {help !== null && <p className={classes['lead']}>{help}</p>}
      <Asked question={asked}>{(preview) => <Told preview={preview} />}</Asked>
      <FailureNote error={error} />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('whatIf.back')}
        </Button>
        <Button data-autofocus loading={busy} disabled={asked.data === undefined} onClick={onConfirm}>
          {verb}
        </Button>
      </Group>
    </Modal>
  )
}

function Told({ preview }: { preview: Preview }) {
  const now = useNow()
  if (preview.moved === 0) return <p className={classes['lead']}>{t('whatIf.nothing', { n: preview.open })}</p>
  const figures = [
    ['late', preview.becomeLate],
    ['noLongerLate', preview.noLongerLate],
    ['cancelled', preview.cancelled],
    ['superseded', preview.superseded],
    ['written', preview.written],
  ] as const
  return (
    <div aria-live="polite">
      <p className={classes['lead']}>
        {t('whatIf.moved', { n: preview.moved, moved: count(preview.moved), open: count(preview.open) })}
      </p>
      <dl className={classes['figures']}>
        {figures.map(([name, n]) => (
          <div key={name} data-some={n > 0}>
            <dt>{t(`whatIf.${name}`)}</dt>
            <dd>{count(n)}</dd>
          </div>
        ))}
      </dl>
      <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t('whatIf.list')}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('whatIf.record')}</th>
              <th scope="col">{t('whatIf.clock')}</th>
              <th scope="col">{t('whatIf.before')}</th>
              <th scope="col">{t('whatIf.after')}</th>
              <th scope="col">{t('whatIf.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {preview.items.map((clock) => (
              <Line key={clock.commitment} clock={clock} now={now} />
            ))}
          </tbody>
        </table>
      </div>
      {preview.capped && <p className="soft">{t('whatIf.capped', { n: count(preview.items.length) })}</p>}
      {preview.hidden > 0 && <p className="soft">{t('whatIf.hidden', { n: preview.hidden })}</p>}
    </div>
  )
}

function Line({ clock, now }: { clock: PreviewedClock; now: Date }) {
  const to = addressOfSubject(clock.subject)
  const words = (at: string | null, left: number | null): string =>
    at !== null
      ? nearby(at, now)
      : left !== null
        ? t(left < 0 ? 'clock.pausedOver' : 'clock.pausedLeft', { span: exactSpan(left) })
        : '–'
  return (
    <tr>
      <th scope="row">
        {to === null ? clock.subject.reference : <Link to={to}>{clock.subject.reference}</Link>}{' '}
        <span className="soft">{clock.subject.title}</span>
      </th>
      <td>{clockKind(clock.kind)}</td>
      <td className="figures">{words(clock.dueAt, clock.remainingSeconds)}</td>
      <td className="figures">
        {clock.verdict === 'cancelled' ? '–' : words(clock.newDueAt, clock.newRemainingSeconds)}
      </td>
      <td data-verdict={clock.verdict} className={classes['verdict']}>
        {t(`whatIf.verdict.${clock.verdict}`)}
        {clock.superseded && <span className="soft"> · {t('whatIf.supersedes')}</span>}
      </td>
    </tr>
  )
}
