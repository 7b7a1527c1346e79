import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { FieldShown } from '../../contract/fields.ts'
import { t } from '../platform/i18n.ts'
import { plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { Facts } from '../ui/Facts.tsx'
import { tellFailed } from '../ui/told.ts'

/** The custom fields of a record. `reveal` reads one encrypted value; it is shown until the page is left, and the reading is recorded. */
export function FieldFacts({
  fields,
  reveal,
}: {
  fields: readonly FieldShown[]
  reveal: ((key: string) => Promise<string>) | null
}) {
  return (
    <Facts entries={fields.map((field) => [field.label, <Value key={field.key} field={field} reveal={reveal} />])} />
  )
}

function Value({ field, reveal }: { field: FieldShown; reveal: ((key: string) => Promise<string>) | null }) {
  const [read, setRead] = useState<string | null>(null)
  if (!field.given) return <span className="soft">–</span>
  if (field.encrypted)
    return read === null ? (
      reveal === null ? (
        <span className="soft">{t('fields.encrypted')}</span>
      ) : (
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => void reveal(field.key).then(setRead, (error: unknown) => tellFailed(error as Error))}
        >
          {t('fields.read')}
        </Button>
      )
    ) : (
      <code>{read}</code>
    )
  if (field.type === 'boolean') return <>{t(field.value === true ? 'yes' : 'no')}</>
  if (field.type === 'date') return <>{plainDay(String(field.value))}</>
  if (field.type === 'person') return <Link to={paths.person(String(field.value))}>{field.text}</Link>
  if (field.type === 'url')
    return (
      <a href={String(field.value)} target="_blank" rel="noreferrer noopener">
        {field.text}
      </a>
    )
  return <span style={{ whiteSpace: 'pre-wrap' }}>{field.text}</span>
}
