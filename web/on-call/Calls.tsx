import { Link } from '@tanstack/react-router'
import { type OnCallPage, onCallPages } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { addressOfSubject } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './OnCall.module.css'

/** Calls with whom they reached so far, and the one button that ends them. */
export function Calls({ calls }: { calls: readonly OnCallPage[] }) {
  const take = useAct(onCallPages.take)
  return (
    <ul className={classes['calls']}>
      {calls.map((call) => {
        const to = call.subject === null ? null : addressOfSubject(call.subject)
        const words = `${call.subject?.reference ?? ''} ${call.subject?.title ?? ''}`.trim()
        return (
          <li key={call.id} className={classes['call']} data-state={call.state}>
            <div className={classes['what']}>
              {to === null ? <b>{words}</b> : <Link to={to}>{words}</Link>}
              <span className="soft">
                {call.schedule.name} · <Moment at={call.at} />
              </span>
            </div>
            <div className={classes['told']}>
              {call.told.map((step) => (
                <span key={step.step} className="soft">
                  <Moment at={step.at} as="nearby" />{' '}
                  {step.people.length === 0 ? t('onCall.nobody') : step.people.join(', ')}
                </span>
              ))}
              {call.state === 'taken' && <span>{t('onCall.takenBy', { name: call.takenBy ?? '' })}</span>}
              {call.state === 'open' && call.nextAt === null && (
                <span className={classes['late']}>{t('onCall.untaken')}</span>
              )}
            </div>
            {call.state !== 'taken' && (
              <ActionButton
                action={onCallPages.take}
                refusals={call.refusals}
                size="compact-sm"
                onClick={() => take.mutate({ id: call.id }, { onError: tellFailed })}
              >
                {t('onCall.take')}
                <span className="unseen"> {words}</span>
              </ActionButton>
            )}
          </li>
        )
      })}
    </ul>
  )
}
