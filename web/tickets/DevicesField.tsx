import { MultiSelect } from '@mantine/core'
import { assets } from '../../contract/assets.ts'
import { custodies } from '../../contract/custody.ts'
import { t } from '../platform/i18n.ts'
import { useAsk } from '../platform/query.ts'
import { thingWords } from '../ui/CustodyLines.tsx'

interface Props {
  /** Id of the person it is for; null: the reader. */
  requester: string | null
  /** Tags. */
  value: string[]
  onChange: (tags: string[]) => void
  error: string | undefined
}

/** The devices a new ticket is about, from what its requester has. Nothing is asked of who has none. */
export function DevicesField({ requester, value, onChange, error }: Props) {
  const mine = useAsk(custodies.mine, {}, { enabled: requester === null })
  const theirs = useAsk(assets.list, { holder: requester ?? 'none', limit: 100 }, { enabled: requester !== null })
  const had =
    requester === null
      ? (mine.data?.items ?? []).flatMap((c) =>
          c.asset === null || c.ended !== null ? [] : [{ value: c.asset.tag, label: thingWords(c) }],
        )
      : (theirs.data?.items ?? []).map((row) => ({
          value: row.tag,
          label: [row.tag, row.name || row.model?.name].filter(Boolean).join(' '),
        }))
  const data = [
    ...had,
    ...value.filter((tag) => !had.some((one) => one.value === tag)).map((tag) => ({ value: tag, label: tag })),
  ]
  if (data.length === 0) return null
  return (
    <MultiSelect
      label={t('ticketNew.devices')}
      description={t('ticketNew.devicesHelp', { who: requester === null ? 'self' : 'other' })}
      searchable
      data={data}
      value={value}
      error={error}
      onChange={onChange}
    />
  )
}
