import { Link } from '@tanstack/react-router'
import { type Firing, ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { ActionButton } from '../ui/ActionButton.tsx'
import { Moment } from '../ui/Moment.tsx'
import { tellDone, tellFailed } from '../ui/told.ts'

/** What rules did, each with why, and a button that puts it back. `names`: whether the ticket or the rule is named. */
export function FiringLines({ firings, names }: { firings: readonly Firing[]; names: 'ticket' | 'rule' }) {
  const undo = useAct(ticketRules.undo, { onDone: () => tellDone(t('rules.undone')) })
  return (
    <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {firings.map((one) => (
        <li key={one.id} style={{ marginBottom: 8, overflowWrap: 'anywhere' }}>
          <div>
            {names === 'ticket' ? (
              <>
                <Link to={paths.ticket(one.ticket.reference)}>{one.ticket.reference}</Link> {one.ticket.title}
              </>
            ) : (
              <b style={{ fontWeight: 500 }}>{one.rule.name}</b>
            )}{' '}
            <span className="label">
              <Moment at={one.at} />
            </span>
          </div>
          <div className="label">{t('rules.because', { why: one.because.join(', ') || t('rules.alwaysShort') })}</div>
          {one.did.map((words, place) => (
            <div key={place}>{words}</div>
          ))}
          {one.undone !== null ? (
            <div className="label">
              {t('rules.undoneBy', { by: one.undone.by })} <Moment at={one.undone.at} />
            </div>
          ) : (
            one.refusals['undo'] === null && (
              <ActionButton
                action={ticketRules.undo}
                refusals={one.refusals}
                size="compact-xs"
                variant="default"
                onClick={() => undo.mutate({ id: one.id }, { onError: tellFailed })}
              >
                {t('rules.undo')}
                <span className="unseen"> {one.rule.name}</span>
              </ActionButton>
            )
          )}
        </li>
      ))}
    </ul>
  )
}
