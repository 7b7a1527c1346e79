import { Popover, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react'
import { audit } from '../../contract/events.ts'
import { t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { useAsk } from '../platform/query.ts'
import { Moment } from '../ui/Moment.tsx'

/** How far the log is sealed, and what its last verification found; what was found opens on request. */
export function Seal() {
  const { data } = useAsk(audit.status, {}, { every: 30_000 })
  if (data === undefined) return null
  const { verified } = data
  return (
    <span className="label" style={{ display: 'inline-flex', flexWrap: 'wrap', gap: 6, alignItems: 'center' }}>
      {data.sealedUpTo === null ? (
        t('audit.unsealed')
      ) : (
        <span>
          {t('audit.sealed', { n: number(data.events) })} <Moment at={data.sealedUpTo} as="nearby" />
        </span>
      )}
      {verified !== null &&
        (verified.clean ? (
          <span>
            <IconShieldCheck size={14} aria-hidden /> {t('audit.clean')} <Moment at={verified.at} as="nearby" />
          </span>
        ) : (
          <Popover width={460} position="bottom-start" withinPortal>
            <Popover.Target>
              <UnstyledButton style={{ color: 'var(--late)', textDecoration: 'underline' }}>
                <IconAlertTriangle size={14} aria-hidden /> {t('audit.found', { n: verified.findings.length })}{' '}
                <Moment at={verified.at} as="nearby" />
              </UnstyledButton>
            </Popover.Target>
            <Popover.Dropdown>
              <ul style={{ margin: 0, paddingInlineStart: 18, maxHeight: 320, overflow: 'auto' }}>
                {verified.findings.map((finding, index) => (
                  <li key={index}>{finding.sentence}</li>
                ))}
              </ul>
            </Popover.Dropdown>
          </Popover>
        ))}
    </span>
  )
}
