import type { Approval } from '../../contract/approvals.ts'
import { t } from '../platform/i18n.ts'
import { When } from './kit.tsx'

const marks = { ahead: '○', waiting: '◐', approved: '✓', refused: '✕', ended: '–' } as const

/** The stages of an approval, with who is asked and what was said. */
export function ApprovalSteps({ a }: { a: Approval }) {
  return (
    <section aria-label={t('portal.stages')}>
      <h2>
        {t('portal.approval')} {a.reference}: {t(`portal.approvalState.${a.state}`)}
      </h2>
      {a.reason !== '' && <p>{a.reason}</p>}
      <ol className="steps">
        {a.stages.map((stage) => (
          <li key={stage.name} data-state={stage.state}>
            <span aria-hidden>{marks[stage.state]}</span>
            <div>
              <b>{stage.name}</b> <span className="label">{t(`portal.stageState.${stage.state}`)}</span>
              {stage.decisions.map((one) => (
                <p key={one.person.id}>
                  {t(one.approve ? 'portal.approvedBy' : 'portal.refusedBy', {
                    name:
                      one.by === null
                        ? one.person.name
                        : t('portal.inPlaceOf', { by: one.by.name, of: one.person.name }),
                  })}{' '}
                  <When at={one.at} />
                  {one.comment !== '' && <span className="said">{one.comment}</span>}
                </p>
              ))}
              {stage.state === 'waiting' &&
                stage.seats.map((seat) => (
                  <p key={seat.label} className="soft">
                    {t('portal.asks', { who: seat.candidates.map((c) => c.person.name).join(', ') })}
                    {seat.candidates.some((c) => c.instead !== null) && (
                      <> {t('portal.instead', { of: seat.candidates.find((c) => c.instead !== null)!.instead!.of })}</>
                    )}
                  </p>
                ))}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
