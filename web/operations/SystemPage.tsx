import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import { system, type Check } from '../../contract/operations.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from '../ui/Asked.tsx'
import { Moment } from '../ui/Moment.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import classes from './System.module.css'
import { SystemTabs } from './tabs.tsx'

const icons = { good: IconCircleCheck, warning: IconAlertTriangle, problem: IconCircleX }

/** How the installation fares: each part with its state, and what to do. */
export default function SystemPage() {
  const asked = useAsk(system.health, {}, { every: 30_000 })
  return (
    <Page
      title={t('system.title')}
      shape="read"
      tabs={<SystemTabs current="health" />}
      figure={
        asked.data?.at === undefined ? undefined : (
          <span className="label">
            {t(asked.data.healthy ? 'system.healthy' : 'system.unhealthy')} <Moment at={asked.data.at} as="nearby" />
          </span>
        )
      }
      actions={
        <Button variant="default" loading={asked.isFetching} onClick={() => void asked.refetch()}>
          {t('system.again')}
        </Button>
      }
    >
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('system.empty')}>{t('system.emptyHelp')}</EmptyView>
          ) : (
            <ul className={classes['checks']}>
              {items.map((item) => (
                <Line key={item.check} item={item} />
              ))}
            </ul>
          )
        }
      </Asked>
    </Page>
  )
}

function Line({ item }: { item: Check }) {
  const Icon = icons[item.state]
  return (
    <li className={classes['check']} data-state={item.state}>
      <Icon size={18} aria-hidden />
      <div>
        <b>{item.title}</b> <span className="unseen">{t(`system.state.${item.state}`)}</span>
        <div className={classes['says']}>{item.says}</div>
        {item.mend !== null && <div className={classes['mend']}>{item.mend}</div>}
      </div>
    </li>
  )
}
