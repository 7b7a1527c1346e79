import { lifeCycles } from '../../contract/life-cycles.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { Section } from './Facts.tsx'
import { SupportWords } from './SupportWords.tsx'
import classes from './CustodyLines.module.css'

/** Until when the system of a device is supported, and what on it is not any more; nothing where nothing is known for certain. */
export function DeviceSupport({ device }: { device: string }) {
  const asked = useAsk(lifeCycles.ofDevice, { id: device })
  const { system = null, programs = [] } = asked.data ?? {}
  if (system === null && programs.length === 0) return null
  return (
    <Section title={t('support.title')}>
      <ul className={classes['lines']}>
        {[...(system === null ? [] : [system]), ...programs].map((one) => (
          <li key={`${one.product} ${one.cycle}`}>
            <SupportWords support={one} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
