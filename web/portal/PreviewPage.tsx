import { useParams } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { type Answers, catalogueSetup, type FormState, type ManagedService } from '../../contract/catalogue.ts'
import { act as send } from '../platform/client.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { FormFields } from './FormFields.tsx'
import { Asked, costWords, Sheet, Unkept } from './kit.tsx'

/** A service as it is worked on, as its requester will see it. Nothing is sent. */
export default function PreviewPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const asked = useAsk(catalogueSetup.show, { id })
  return (
    <Asked question={asked} title={t('portal.preview')}>
      {(service) => <Preview service={service} />}
    </Asked>
  )
}

function Preview({ service }: { service: ManagedService }) {
  const { definition } = service
  const [answers, setAnswers] = useState<Answers>({})
  const [state, setState] = useState<FormState | null>(null)
  const [failure, fail] = useState<unknown>(null)
  const [times, again] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => {
      void send(catalogueSetup.try, { id: service.id, answers }).then((answer) => {
        setState(answer)
        fail(null)
      }, fail)
    }, 150)
    return () => clearTimeout(timer)
  }, [answers, service.id, service.version, times])
  const cost = state === null ? '' : costWords(state.cost)
  return (
    <Sheet title={definition.name}>
      <p className="failure">{t('portal.previewHelp')}</p>
      {definition.summary !== '' && <p className="soft">{definition.summary}</p>}
      {definition.description !== '' && <p className="words">{definition.description}</p>}
      <form onSubmit={(event) => event.preventDefault()}>
        <FormFields
          fields={definition.fields.filter((field) => state?.asked.includes(field.key) === true)}
          currency={definition.currency}
          answers={answers}
          onChange={setAnswers}
          onBusy={() => undefined}
          error={null}
        />
        <Unkept error={failure} again={() => again(times + 1)} />
        <div className="total" aria-live="polite">
          {cost !== '' && (
            <p>
              <b>{cost}</b>
            </p>
          )}
          {definition.deliveryDays !== null && (
            <p className="label">{t('portal.within', { n: definition.deliveryDays })}</p>
          )}
          {definition.approval !== null && <p className="label">{t('portal.needsApproval')}</p>}
        </div>
      </form>
    </Sheet>
  )
}
