import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Answers, catalogue, type FormState, type ServiceForm } from '../../contract/catalogue.ts'
import { act as send } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { FormFields } from './FormFields.tsx'
import { Asked, costWords, Failure, Sheet } from './kit.tsx'

/** A service with its form. What is typed is kept on the server, which says what is asked then and what it costs. */
export default function OrderPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(catalogue.show, { id })
  return (
    <Asked question={asked} title={t('portal.order')}>
      {(service) => <OrderForm key={service.id} service={service} />}
    </Asked>
  )
}

function OrderForm({ service }: { service: ServiceForm }) {
  const navigate = useNavigate()
  const act = useAct(catalogue.order)
  const [answers, setAnswers] = useState<Answers>(service.answers)
  const [state, setState] = useState<FormState>(service.state)
  const [kept, keep] = useState(service.hasDraft)
  const latest = useRef(answers)
  const isFirst = useRef(true)
  useEffect(() => {
    if (isFirst.current) {
      isFirst.current = false
      return
    }
    latest.current = answers
    const timer = setTimeout(() => {
      void send(catalogue.saveDraft, { id: service.id, answers }).then(
        (answer) => {
          // an answer to what was typed before says nothing of what is there now
          if (latest.current !== answers) return
          setState(answer)
          keep(true)
        },
        () => keep(false),
      )
    }, 200)
    return () => clearTimeout(timer)
  }, [answers, service.id])
  const cost = costWords(state.cost)
  return (
    <Sheet title={service.name} back={{ to: paths.portalServices, title: t('portal.services') }}>
      {service.summary !== '' && <p className="soft">{service.summary}</p>}
      {service.description !== '' && <p className="words">{service.description}</p>}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          act.mutate(
            { id: service.id, answers },
            { onSuccess: (made) => void navigate({ to: paths.portalRequest(made.ticket.reference) }) },
          )
        }}
      >
        <FormFields
          fields={service.fields.filter((field) => state.asked.includes(field.key))}
          currency={state.cost.currency}
          answers={answers}
          onChange={setAnswers}
          error={act.error}
        />
        <div className="total" aria-live="polite">
          {cost !== '' && (
            <p>
              <b>{cost}</b>
            </p>
          )}
          {service.deliveryDays !== null && <p className="label">{t('portal.within', { n: service.deliveryDays })}</p>}
          {service.needsApproval && <p className="label">{t('portal.needsApproval')}</p>}
          {kept && <p className="label">{t('portal.kept')}</p>}
        </div>
        <Failure error={act.error} />
        <div className="verbs">
          <button type="submit" className="primary" disabled={act.isPending}>
            {t('portal.order')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
