import { Link } from '@tanstack/react-router'
import type { Sent } from '../../contract/action.ts'
import { custodies, type Custody } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAsk } from '../platform/query.ts'
import { Asked } from './Asked.tsx'
import { Moment } from './Moment.tsx'
import classes from './CustodyLines.module.css'

/** What it is, in words. */
export const thingWords = (c: Custody): string =>
  c.asset === null
    ? t('custody.counted', { n: c.quantity, name: c.stock?.name ?? '' })
    : [c.asset.tag, c.asset.name].filter(Boolean).join(' ')

/** Who has and had something, or what somebody has and had: one line each, newest first. */
export function CustodyLines({ of, say }: { of: Sent<typeof custodies.list>; say: 'thing' | 'holder' }) {
  const asked = useAsk(custodies.list, { limit: 100, ...of })
  return (
    <Asked question={asked}>
      {({ items }) =>
        items.length === 0 ? (
          <p className="soft">{t(say === 'thing' ? 'custody.hasNothing' : 'custody.nobodyYet')}</p>
        ) : (
          <ul className={classes['lines']}>
            {items.map((c) => (
              <li key={c.id} data-over={c.ended !== null}>
                {say === 'holder' ? (
                  <b>{c.holder.name}</b>
                ) : c.asset === null ? (
                  <Link to={paths.stockItem(c.stock?.id ?? '')}>{thingWords(c)}</Link>
                ) : (
                  <Link to={paths.asset(c.asset.tag)}>{thingWords(c)}</Link>
                )}{' '}
                <CustodyWords custody={c} />
              </li>
            ))}
          </ul>
        )
      }
    </Asked>
  )
}

/** Since when, until when, on what terms. */
export function CustodyWords({ custody: c }: { custody: Custody }) {
  return (
    <span className="soft">
      <Moment at={c.from} as="nearby" />
      {c.ended !== null && (
        <>
          {' – '}
          <Moment at={c.ended.at} as="nearby" />
          {', '}
          {t('custody.ended', { how: c.ended.how, condition: c.ended.condition ?? 'none' })}
        </>
      )}
      {c.ended === null && c.dueBackOn !== null && (
        <span className={c.overdue ? classes['late'] : undefined}>
          {', '}
          {t(c.overdue ? 'custody.overdue' : 'custody.backBy', { day: plainDay(c.dueBackOn) })}
        </span>
      )}
      {c.acceptance !== 'none' && (c.ended === null || c.acceptance !== 'waiting') && (
        <>
          {', '}
          {t('custody.terms', { acceptance: c.acceptance })}
          {c.acceptance === 'accepted' && (
            <>
              {' · '}
              <a href={`/api/v1/custody/${c.id}/receipt.pdf`} download>
                {t('custody.receipt')}
                <span className="unseen"> {thingWords(c)}</span>
              </a>
            </>
          )}
        </>
      )}
    </span>
  )
}
