import { absolute, age, nearby, relative } from '../platform/moments.ts'
import { useNow } from '../platform/now.ts'

/** A moment in few words; hovering and screen readers get it whole, with its zone. */
export function Moment({ at, as = 'relative' }: { at: string; as?: 'relative' | 'nearby' | 'age' }) {
  const now = useNow()
  const words = as === 'age' ? age(at, now) : as === 'nearby' ? nearby(at, now) : relative(at, now)
  const whole = absolute(at)
  return (
    <time dateTime={at} title={whole} className="figures">
      {words}
      <span className="unseen"> ({whole})</span>
    </time>
  )
}
