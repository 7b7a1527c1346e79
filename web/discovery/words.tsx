import { Link } from '@tanstack/react-router'
import type { Device, DevicePair } from '../../contract/devices.ts'
import type { Agent, SeenSection } from '../../contract/discovery.ts'
import { type Key, t } from '../platform/i18n.ts'
import { number } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'

export const kindWord = (kind: Device['kind']): string => t(`devices.kind.${kind}`)
export const stateWord = (state: Device['state']): string => t(`devices.state.${state}`)
export const dialectWord = (dialect: Agent['dialect']): string => t(`agents.dialect.${dialect}`)
export const reasonWord = (reason: DevicePair['reasons'][number]): string => t(`pairs.reason.${reason}`)
export const sectionWord = (section: SeenSection['section']): string => t(`seen.section.${section}`)
/** Fields mean the same in every section. */
export const fieldWord = (field: string): string => t(`seen.field.${field}` as Key)

export const modelOf = ({ manufacturer, model }: Pick<Device, 'manufacturer' | 'model'>): string =>
  [manufacturer, model].filter(Boolean).join(' ')

/** A value as an agent reported it; sizes in MB are said in GB where they are large. */
export function valueWord(field: string, value: SeenSection['entries'][number][string] | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return t(value ? 'seen.yes' : 'seen.no')
  if (Array.isArray(value)) return value.join(', ')
  if (typeof value === 'string') return value
  if (!field.endsWith('Mb')) return number(value)
  return value >= 1024
    ? t('seen.gigabytes', { n: number(Math.round((value / 1024) * 10) / 10) })
    : t('seen.megabytes', { n: number(value) })
}

export const AssetLink = ({ asset }: { asset: { tag: string; name: string } | null }) =>
  asset === null ? null : (
    <Link to={paths.asset(asset.tag)}>
      {asset.tag} {asset.name}
    </Link>
  )
