import type { Shift } from '../../contract/on-call.ts'
import { t } from '../platform/i18n.ts'
import { absolute, dayOfWeek } from '../platform/moments.ts'
import classes from './OnCall.module.css'

const dayMs = 86_400_000

/** A row for each day, a piece for each shift; the same as a table one click away. */
export function ShiftDays({ shifts, from, days }: { shifts: readonly Shift[]; from: Date; days: number }) {
  const rows = Array.from({ length: days }, (_, i) => new Date(from.getTime() + i * dayMs))
  return (
    <>
      <dl className={classes['days']}>
        {rows.map((day) => {
          const [begin, end] = [day.getTime(), day.getTime() + dayMs]
          const parts = shifts
            .map((s) => ({ ...s, begin: Math.max(begin, Date.parse(s.from)), end: Math.min(end, Date.parse(s.to)) }))
            .filter((s) => s.end > s.begin)
          return (
            <div key={begin} style={{ display: 'contents' }}>
              <dt className={classes['day']}>{dayOfWeek(day)}</dt>
              <dd className={classes['bar']} style={{ margin: 0 }}>
                {parts.map((s) => (
                  <span
                    key={s.begin}
                    className={classes['part']}
                    data-nobody={s.person === null}
                    data-override={s.override !== null}
                    style={{ flexGrow: s.end - s.begin, flexBasis: 0 }}
                    title={`${absolute(s.from)} – ${absolute(s.to)}`}
                  >
                    {s.person?.name ?? t('onCall.nobody')}
                  </span>
                ))}
              </dd>
            </div>
          )
        })}
      </dl>
      <details style={{ marginTop: 8 }}>
        <summary className="label">{t('strip.table')}</summary>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('strip.from')}</th>
              <th scope="col">{t('strip.to')}</th>
              <th scope="col">{t('onCall.person')}</th>
            </tr>
          </thead>
          <tbody>
            {shifts.map((s) => (
              <tr key={s.from}>
                <td>{absolute(s.from)}</td>
                <td>{absolute(s.to)}</td>
                <td>{s.person?.name ?? t('onCall.nobody')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
