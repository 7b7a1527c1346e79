import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { serviceLevels, type ServiceLevel } from '../../contract/service-levels.ts'
import { t } from '../platform/i18n.ts'
import { count } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAct, useAsk } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import { Asked } from '../ui/Asked.tsx'
import { Page } from '../ui/Page.tsx'
import { EmptyView } from '../ui/StateViews.tsx'
import { tellFailed } from '../ui/told.ts'
import classes from './ServiceLevels.module.css'
import { conditionsInWords, targetInWords } from './words.ts'

/** In the order in which they are tried: the first whose conditions hold takes the ticket. */
export default function ServiceLevelsPage() {
  const navigate = useNavigate()
  const asked = useAsk(serviceLevels.list, {})
  const may = useMay('service-levels.write')
  const reorder = useAct(serviceLevels.reorder)
  const button = may ? (
    <Button
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => void navigate({ to: paths.newServiceLevel })}
    >
      {t('serviceLevelNew.title')}
    </Button>
  ) : undefined
  const move = (items: ServiceLevel[], from: number, to: number): void => {
    const ids = items.map((item) => item.id)
    ids.splice(to, 0, ...ids.splice(from, 1))
    reorder.mutate({ ids }, { onError: tellFailed })
  }
  return (
    <Page title={t('serviceLevels.title')} actions={button}>
      <Asked question={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyView title={t('serviceLevels.empty')} actions={button}>
              {t('serviceLevels.emptyHelp')}
            </EmptyView>
          ) : (
            <>
              <p className={classes['help']}>{t('serviceLevels.help')}</p>
              <ol className={classes['levels']}>
                {items.map((level, index) => (
                  <li key={level.id} className={classes['level']} data-active={level.active}>
                    <span className={classes['position']}>{index + 1}</span>
                    <div className={classes['body']}>
                      <div>
                        <Link to={paths.serviceLevel(level.id)} className={classes['name']}>
                          {level.name}
                        </Link>{' '}
                        {!level.active && <span className="soft">({t('vendors.retired')})</span>}
                      </div>
                      <div className="label">
                        {conditionsInWords(level.conditions)} · {level.calendar.name} ·{' '}
                        {t('serviceLevels.open', { n: level.openClocks, shown: count(level.openClocks) })}
                      </div>
                    </div>
                    <ul className={classes['targets']}>
                      {level.targets.map((target) => (
                        <li key={target.kind}>{targetInWords(target)}</li>
                      ))}
                    </ul>
                    {may && (
                      <span className={classes['move']}>
                        <ActionIcon
                          size={26}
                          disabled={index === 0 || reorder.isPending}
                          aria-label={t('serviceLevels.up', { name: level.name })}
                          onClick={() => move(items, index, index - 1)}
                        >
                          <IconArrowUp size={15} />
                        </ActionIcon>
                        <ActionIcon
                          size={26}
                          disabled={index === items.length - 1 || reorder.isPending}
                          aria-label={t('serviceLevels.down', { name: level.name })}
                          onClick={() => move(items, index, index + 1)}
                        >
                          <IconArrowDown size={15} />
                        </ActionIcon>
                      </span>
                    )}
                  </li>
                ))}
              </ol>
            </>
          )
        }
      </Asked>
    </Page>
  )
}
