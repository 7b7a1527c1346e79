import type { z } from 'zod'
import type { stretch } from '../../contract/commitments.ts'
import { t } from '../platform/i18n.ts'
import { absolute, exactSpan, nearby } from '../platform/moments.ts'
import classes from './Explain.module.css'

type Stretch = z.output<typeof stretch>
const kinds = ['worked', 'paused', 'closed', 'ahead', 'late'] as const
const lengthOf = (s: Stretch): number => Math.max(1, new Date(s.to).getTime() - new Date(s.from).getTime())

/** Closed hours would fill the picture: nights and weekends are drawn at a tenth of their length. */
const drawn = (s: Stretch): number => (s.kind === 'closed' ? lengthOf(s) / 10 : lengthOf(s))

/** Worked, paused and closed hours on one strip, each with its cause; the same as a table one click away. */
export function Strip({ strip, asOf, dueAt }: { strip: Stretch[]; asOf: string; dueAt: string | null }) {
  const first = strip[0]
  const last = strip.at(-1)
  if (first === undefined || last === undefined) return null
  const now = new Date(asOf)
  const total = (kind: Stretch['kind']): number =>
    strip.filter((s) => s.kind === kind).reduce((sum, s) => sum + s.seconds, 0)
  return (
    <div className={classes['strip']}>
      <div
        className={classes['bar']}
        role="img"
        aria-label={t('strip.label', { worked: exactSpan(total('worked')), paused: exactSpan(total('paused')) })}
      >
        {strip.map((s, index) => (
          <span
            key={index}
            className={classes['part']}
            data-kind={s.kind}
            style={{ flexGrow: drawn(s), flexBasis: 0 }}
            title={t('strip.part', {
              kind: t(`strip.${s.kind}`),
              from: absolute(s.from),
              to: absolute(s.to),
              cause: s.cause ?? '',
            })}
          />
        ))}
      </div>
      <div className={classes['ends']}>
        <span>{nearby(first.from, now)}</span>
        <span>{nearby(dueAt ?? last.to, now)}</span>
      </div>
      <ul className={classes['legend']}>
        {kinds
          .filter((kind) => strip.some((s) => s.kind === kind))
          .map((kind) => (
            <li key={kind}>
              <span className={`${classes['swatch'] ?? ''} ${classes['part'] ?? ''}`} data-kind={kind} aria-hidden />
              {t(`strip.${kind}`)}
              {kind !== 'closed' && ` ${exactSpan(total(kind))}`}
            </li>
          ))}
      </ul>
      <details>
        <summary className="label">{t('strip.table')}</summary>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">{t('strip.what')}</th>
              <th scope="col">{t('strip.from')}</th>
              <th scope="col">{t('strip.to')}</th>
              <th scope="col">{t('strip.counted')}</th>
            </tr>
          </thead>
          <tbody>
            {strip.map((s, index) => (
              <tr key={index}>
                <td>
                  {t(`strip.${s.kind}`)}
                  {s.cause !== null && (
                    <>
                      <br />
                      <span className="soft">{s.cause}</span>
                    </>
                  )}
                </td>
                <td>{nearby(s.from, now)}</td>
                <td>{nearby(s.to, now)}</td>
                <td className="figures">{s.seconds === 0 ? '–' : exactSpan(s.seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </div>
  )
}
