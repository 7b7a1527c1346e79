import { ActionIcon, Switch } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { type TicketRule, ticketRules } from '../../contract/ticket-rules.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { OrganisationTabs } from './tabs.tsx'
import { ActionButton, useRefusal } from '../ui/ActionButton.tsx'
import { Asked } from '../ui/Asked.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from '../automation/Rules.module.css'

/** Rules for tickets as sentences, in the order in which they are asked. */
export default function RulesPage() {
  const asked = useAsk(ticketRules.list, {})
  const navigate = useNavigate()
  const add = (
    <ActionButton
      action={ticketRules.create}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => void navigate({ to: paths.newRule })}
    >
      {t('rules.add')}
    </ActionButton>
  )
  return (
    <Page title={t('rules.title')} shape="read" crumbs={[]} tabs={<OrganisationTabs current="rules" />} actions={add}>
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('rules.empty')} actions={add}>
              {t('rules.emptyHelp')}
            </EmptyView>
          ) : (
            <ol className={classes['list']}>
              {items.map((rule, place) => (
                <RuleLine key={rule.id} rule={rule} isFirst={place === 0} isLast={place === items.length - 1} />
              ))}
            </ol>
          )
        }
      </Asked>
    </Page>
  )
}

function RuleLine({ rule, isFirst, isLast }: { rule: TicketRule; isFirst: boolean; isLast: boolean }) {
  const edit = useAct(ticketRules.edit)
  const move = useAct(ticketRules.move)
  const whyNot = useRefusal(ticketRules.edit, rule.refusals)
  const to = (position: number): void => move.mutate({ id: rule.id, position }, { onError: tellFailed })
  return (
    <li className={classes['rule']}>
      <Switch
        mt={3}
        aria-label={t('rules.on', { name: rule.name })}
        checked={rule.active}
        disabled={whyNot !== null || edit.isPending}
        description={whyNot}
        onChange={(event) =>
          edit.mutate(
            { id: rule.id, version: rule.version, active: event.currentTarget.checked },
            { onError: tellFailed },
          )
        }
      />
      <div className={classes['words']}>
        <Link to={paths.rule(rule.id)}>
          <b style={{ fontWeight: 500 }}>{rule.name}</b>
        </Link>
        <div>{rule.sentence}</div>
        <div className="label">
          {t('rules.fired', { n: rule.fired, shown: number(rule.fired) })}
          {rule.lastFiredAt !== null && (
            <>
              {' · '}
              {t('rules.last')} <Moment at={rule.lastFiredAt} />
            </>
          )}
          {rule.stops && ` · ${t('rules.stopsShort')}`}
        </div>
      </div>
      <div className={classes['acts']}>
        <ActionIcon
          variant="default"
          aria-label={t('rules.earlier', { name: rule.name })}
          disabled={isFirst || whyNot !== null || move.isPending}
          onClick={() => to(rule.position - 1)}
        >
          <IconArrowUp size={14} />
        </ActionIcon>
        <ActionIcon
          variant="default"
          aria-label={t('rules.later', { name: rule.name })}
          disabled={isLast || whyNot !== null || move.isPending}
          onClick={() => to(rule.position + 1)}
        >
          <IconArrowDown size={14} />
        </ActionIcon>
      </div>
    </li>
  )
}
