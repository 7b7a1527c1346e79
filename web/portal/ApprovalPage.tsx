import { useParams } from '@tanstack/react-router'
import { useId } from 'react'
import { approvals, type Approval } from '../../contract/approvals.ts'
import { useDraft } from '../platform/drafts.ts'
import { t } from '../platform/i18n.ts'
import { money } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ApprovalSteps } from './approval-steps.tsx'
import { Asked, Failure, fieldMessage, Sheet } from './kit.tsx'

/** One approval: what it is, what it costs, and two buttons. */
export default function ApprovalPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(approvals.show, { id })
  return (
    <Asked question={asked} title={t('portal.approval')}>
      {(a) => <One a={a} />}
    </Asked>
  )
}

function One({ a }: { a: Approval }) {
  return (
    <Sheet title={a.title} back={{ to: paths.portalApprovals, title: t('portal.approvals') }}>
      <dl className="facts">
        <div>
          <dt>{t('portal.for')}</dt>
          <dd>{a.requester?.name ?? a.askedBy}</dd>
        </div>
        {a.amount !== null && (
          <div>
            <dt>{t('portal.cost')}</dt>
            <dd>{money(a.amount.minor, a.amount.currency)}</dd>
          </div>
        )}
        {a.facts.map((fact) => (
          <div key={fact.label}>
            <dt>{fact.label}</dt>
            <dd>{fact.text}</dd>
          </div>
        ))}
      </dl>
      {a.refusals['decide'] === null ? <Decide a={a} /> : <p className="soft">{a.refusals['decide']?.sentence}</p>}
      <ApprovalSteps a={a} />
    </Sheet>
  )
}

function Decide({ a }: { a: Approval }) {
  const id = useId()
  const [comment, setComment, dropComment] = useDraft(`portal-decision:${a.id}`, '')
  const act = useAct(approvals.decide, { onDone: dropComment })
  const wrong = fieldMessage(act.error, 'comment')
  const send = (approve: boolean): void => act.mutate({ id: a.id, approve, comment })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        send(true)
      }}
    >
      {a.forOthers.length > 0 && (
        <p>{t('portal.forOthers', { names: a.forOthers.map((one) => one.name).join(', ') })}</p>
      )}
      <label>
        {t('portal.comment')}
        <span id={`${id}-help`} className="label">
          {t('portal.commentHelp')}
        </span>
        <textarea
          rows={3}
          value={comment}
          maxLength={2000}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong === undefined ? `${id}-help` : `${id}-help ${id}-wrong`}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
      </label>
      <Failure error={act.error} id={`${id}-wrong`} />
      <div className="verbs">
        <button type="submit" className="primary" disabled={act.isPending}>
          {t('portal.approve')}
        </button>
        <button type="button" disabled={act.isPending} onClick={() => send(false)}>
          {t('portal.refuse')}
        </button>
      </div>
    </form>
  )
}
