import { useNavigate, useParams } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { type Answers, catalogue, type ServiceForm } from '../../contract/catalogue.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useStoring } from './Files.tsx'
import { FormFields } from './FormFields.tsx'
import { Asked, costWords, Failure, leftWrong, Sheet, Unkept } from './kit.tsx'
import { useOrderDraft } from './order-draft.ts'

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
  const draft = useOrderDraft(service)
  const { answers, state, kept } = draft
  const act = useAct(catalogue.order, { onDone: draft.ordered })
  const [isPlacing, setPlacing] = useState(false)
  const [refused, setRefused] = useState<Answers>({})
  // what was answered differently since is no longer called wrong
  const error = leftWrong(act.error, (key) => refused[key] === answers[key])
  const [isStoring, onBusy] = useStoring()
  const form = useRef<HTMLFormElement>(null)
  // whoever cannot see the page is led to the first field that is wrong
  useEffect(() => {
    if (act.error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [act.error])
  const place = async (): Promise<void> => {
    setPlacing(true)
    const placed = await draft.place()
    act.mutate(
      { id: service.id, answers: placed },
      {
        onSuccess: (made) => void navigate({ to: paths.portalRequest(made.ticket.reference) }),
        onError: () => {
          setRefused(placed)
          draft.refused()
        },
        onSettled: () => setPlacing(false),
      },
    )
  }
  const cost = costWords(state.cost)
  return (
    <Sheet title={service.name} back={{ to: paths.portalServices, title: t('portal.services') }}>
      {service.summary !== '' && <p className="soft">{service.summary}</p>}
      {service.description !== '' && <p className="words">{service.description}</p>}
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (!isPlacing && !isStoring) void place()
        }}
      >
        <FormFields
          fields={service.fields.filter((field) => state.asked.includes(field.key))}
          currency={state.cost.currency}
          answers={answers}
          onChange={draft.change}
          onBusy={onBusy}
          error={error}
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
        <Unkept error={draft.failure} again={draft.save} />
        <Failure error={error} />
        <div className="verbs">
          <button type="submit" className="primary" disabled={isPlacing || isStoring}>
            {t('portal.order')}
          </button>
        </div>
      </form>
    </Sheet>
  )
}
