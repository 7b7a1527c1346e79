import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type RuleCondition, type RuleEffect, ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct } from '../platform/query.ts'
import { Section } from '../ui/Facts.tsx'
import { FailureNote } from '../ui/Form.tsx'
import { Moment } from '../ui/Moment.tsx'
import classes from './Rules.module.css'

/** Which tickets of the past a rule would have matched, before it is switched on. Nothing is done with any. */
export function RuleTrial({
  rule,
  conditions,
  effects,
}: {
  /** Null for one that is not kept yet. */
  rule: string | null
  conditions: RuleCondition[]
  effects: RuleEffect[]
}) {
  const act = useAct(ticketRules.tryOut)
  const isWhole = conditions.every(({ any }) => any.length > 0)
  const choosing = effects.filter(({ value }) => value.trim() !== '')
  return (
    <Section
      title={t('rules.trial')}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          loading={act.isPending}
          disabled={!isWhole}
          onClick={() =>
            act.mutate({ conditions, effects: choosing, ...(rule === null ? {} : { rule }), newest: 50_000 })
          }
        >
          {t('rules.try')}
        </Button>
      }
    >
      <div aria-live="polite">
        {act.error !== null && <FailureNote error={act.error} />}
        {act.data === undefined ? (
          <p className="soft">{t('rules.trialHelp')}</p>
        ) : (
          <>
            <p>
              <b>{t('rules.matched', { matched: number(act.data.matched), of: number(act.data.of) })}</b>{' '}
              {act.data.nobody > 0 && t('rules.nobodyFound', { nobody: number(act.data.nobody) })}
            </p>
            <ul className={classes['list']}>
              {act.data.items.map((ticket) => (
                <li key={ticket.id} className={classes['rule']}>
                  <div className={classes['words']}>
                    <Link to={paths.ticket(ticket.reference)}>{ticket.reference}</Link> {ticket.title}
                    <div className="label">{ticket.because.join(', ')}</div>
                    {ticket.assigned !== null && <div className="label">{ticket.assigned}</div>}
                  </div>
                  <Moment at={ticket.openedAt} as="nearby" />
                </li>
              ))}
            </ul>
            {act.data.matched > act.data.items.length && (
              <p className="soft">{t('rules.firstOnly', { n: act.data.items.length })}</p>
            )}
          </>
        )}
      </div>
    </Section>
  )
}
