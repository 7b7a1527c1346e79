import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { catalogue, type Order } from '../../contract/catalogue.ts'
import { type Ticket, tickets } from '../../contract/tickets.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { ApprovalSteps } from './approval-steps.tsx'
import { Conversation } from './Conversation.tsx'
import { Asked, costWords, Failure, Sheet, When } from './kit.tsx'
import { Rate } from './Rate.tsx'

/** One request: how far it is, the conversation, and what its requester can do. */
export default function RequestPage() {
  const { reference } = useParams({ strict: false }) as { reference: string }
  const asked = useAsk(tickets.show, { id: reference })
  return (
    <Asked question={asked} title={t('portal.request')}>
      {(ticket) => <One ticket={ticket} />}
    </Asked>
  )
}

function One({ ticket }: { ticket: Ticket }) {
  // only some requests are orders of the catalogue
  const order = useAsk(catalogue.showOrder, { id: ticket.id }, { enabled: ticket.kind === 'request' })
  const due = order.data?.expectedAt ?? ticket.due?.dueAt ?? null
  const isOpen = ticket.resolvedAt === null && ticket.merged === null
  return (
    <Sheet title={ticket.title} back={{ to: paths.portalRequests, title: t('portal.requests') }}>
      <p className="label">
        {ticket.reference} · {t(`portal.state.${ticket.state}`)}
        {ticket.assignee !== null && ` · ${t('portal.with', { name: ticket.assignee.name })}`}
        {isOpen && due !== null && (
          <>
            {' · '}
            {t('portal.due')} <When at={due} />
          </>
        )}
      </p>
      {ticket.state === 'resolved' && (ticket.refusals['close'] === null || ticket.refusals['reopen'] === null) && (
        <Confirm ticket={ticket} />
      )}
      {ticket.resolvedAt !== null && <Rate ticket={ticket.id} />}
      {ticket.merged !== null && <GoesOn merged={ticket.merged} />}
      {order.data !== undefined && <Ordered order={order.data} />}
      <Conversation ticket={ticket} />
    </Sheet>
  )
}

/** It was asked twice, or belongs to another request: where the answers come. */
const GoesOn = ({ merged }: { merged: NonNullable<Ticket['merged']> }) => (
  <p className="card">
    {t('portal.goesOn')}{' '}
    {merged.into !== null && <Link to={paths.portalRequest(merged.into.name)}>{merged.into.name}</Link>}
  </p>
)

/** Solved, or not: the requester has the last word while it can be reopened. */
function Confirm({ ticket }: { ticket: Ticket }) {
  const close = useAct(tickets.close)
  const reopen = useAct(tickets.reopen)
  const [says, say] = useState<'no' | null>(null)
  const [reason, setReason] = useState('')
  return (
    <section className="card" aria-label={t('portal.confirm')}>
      <h2>{t('portal.confirm')}</h2>
      {says === null ? (
        <div className="verbs">
          {ticket.refusals['close'] === null && (
            <button
              type="button"
              className="primary"
              disabled={close.isPending}
              onClick={() => close.mutate({ id: ticket.id })}
            >
              {t('portal.yesSolved')}
            </button>
          )}
          {ticket.refusals['reopen'] === null && (
            <button type="button" onClick={() => say('no')}>
              {t('portal.notSolved')}
            </button>
          )}
        </div>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            reopen.mutate({ id: ticket.id, reason })
          }}
        >
          <label>
            {t('portal.whatIsLeft')}
            <textarea
              rows={3}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          </label>
          <div className="verbs">
            <button type="submit" className="primary" disabled={reopen.isPending}>
              {t('portal.reopen')}
            </button>
            <button type="button" onClick={() => say(null)}>
              {t('cancel')}
            </button>
          </div>
        </form>
      )}
      <Failure error={close.error ?? reopen.error} />
    </section>
  )
}

const taskMarks = { ahead: '○', open: '◐', done: '✓', skipped: '–' } as const

/** What was ordered: the answers, the approval, the tasks as steps. */
function Ordered({ order }: { order: Order }) {
  const withdraw = useAct(catalogue.withdrawOrder)
  const [sure, ask] = useState(false)
  const cost = costWords(order.cost)
  const [approval] = order.approvals
  return (
    <>
      {approval !== undefined && <ApprovalSteps a={approval} />}
      {order.tasks.length > 0 && (
        <section aria-label={t('portal.tasks')}>
          <h2>{t('portal.tasks')}</h2>
          <ol className="steps">
            {order.tasks.map((task) => (
              <li key={task.id} data-state={task.state}>
                <span aria-hidden>{taskMarks[task.state]}</span>
                <div>
                  {task.title} <span className="label">{t(`portal.taskState.${task.state}`)}</span>
                </div>
              </li>
            ))}
          </ol>
        </section>
      )}
      <details className="card">
        <summary>{t('portal.ordered')}</summary>
        <dl className="facts">
          {order.facts.map((fact) => (
            <div key={fact.key}>
              <dt>{fact.label}</dt>
              <dd>{fact.text}</dd>
            </div>
          ))}
          {cost !== '' && (
            <div>
              <dt>{t('portal.cost')}</dt>
              <dd>{cost}</dd>
            </div>
          )}
        </dl>
        {order.refusals['withdraw'] === null && (
          <div className="verbs">
            {sure ? (
              <>
                <button
                  type="button"
                  disabled={withdraw.isPending}
                  onClick={() => withdraw.mutate({ id: order.ticket.id })}
                >
                  {t('portal.withdrawSure')}
                </button>
                <button type="button" onClick={() => ask(false)}>
                  {t('cancel')}
                </button>
              </>
            ) : (
              <button type="button" onClick={() => ask(true)}>
                {t('portal.withdraw')}
              </button>
            )}
          </div>
        )}
        <Failure error={withdraw.error} />
      </details>
    </>
  )
}
